"""The files of a version folder as tables: what the training engine reads, and an index for comparing versions."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from labelapp.versions.content import Frozen

ANNOTATION = pa.struct([
    ("id", pa.string()), ("class_id", pa.int64()), ("shape", pa.string()),
    ("geometry", pa.string()), ("attributes", pa.string()), ("source", pa.string()),
    ("occluded", pa.bool_()), ("z_order", pa.int32()), ("group", pa.int32()),
])  # fmt: skip
MANIFEST_SCHEMA = pa.schema([
    ("image_id", pa.int64()), ("sha256", pa.string()), ("name", pa.string()), ("width", pa.int32()),
    ("height", pa.int32()), ("split", pa.string()), ("group", pa.string()), ("revision", pa.int64()),
    ("status", pa.string()), ("annotations", pa.list_(ANNOTATION)),
])  # fmt: skip
INDEX_SCHEMA = pa.schema([
    ("sha256", pa.string()), ("image_id", pa.int64()), ("name", pa.string()),
    ("split", pa.string()), ("labels", pa.string()),
])  # fmt: skip


class ManifestWriter:
    """Writes both tables, one row group per portion of images."""

    def __init__(self, manifest: Path, index: Path):
        self._manifest = pq.ParquetWriter(manifest, MANIFEST_SCHEMA, compression="zstd")
        self._index = pq.ParquetWriter(index, INDEX_SCHEMA, compression="zstd")

    def add(self, images: list[Frozen], splits: dict[str, str], labels: dict[str, str]) -> None:
        rows = [self._row(image, splits[image.sha256]) for image in images]
        self._manifest.write_table(pa.Table.from_pylist(rows, MANIFEST_SCHEMA))
        index = [
            {"sha256": each.sha256, "image_id": each.pk, "name": each.name,
             "split": splits[each.sha256], "labels": labels[each.sha256]}
            for each in images
        ]  # fmt: skip
        self._index.write_table(pa.Table.from_pylist(index, INDEX_SCHEMA))

    def close(self) -> None:
        self._manifest.close()
        self._index.close()

    def _row(self, image: Frozen, split: str) -> dict[str, Any]:
        return {
            "image_id": image.pk, "sha256": image.sha256, "name": image.name, "width": image.width,
            "height": image.height, "split": split, "group": image.group or None, "revision": image.revision,
            "status": image.status,
            "annotations": [
                each | {"id": str(each["id"]), "geometry": json.dumps(each["geometry"]),
                        "attributes": json.dumps(each["attributes"])}
                for each in image.annotations
            ],
        }  # fmt: skip
