"""Version folders from files on disk, as the site would freeze them."""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

_COLORS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#000000")
_ANNOTATION = pa.struct(
    [
        ("id", pa.string()),
        ("class_id", pa.int64()),
        ("shape", pa.string()),
        ("geometry", pa.string()),
        ("attributes", pa.string()),
        ("source", pa.string()),
    ]
)
_SCHEMA = pa.schema(
    [
        ("image_id", pa.int64()),
        ("sha256", pa.string()),
        ("name", pa.string()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("split", pa.string()),
        ("group", pa.string()),
        ("revision", pa.int64()),
        ("annotations", pa.list_(_ANNOTATION)),
    ]
)


@dataclass(frozen=True)
class Item:
    """One image file with its classes; the split is decided when it names none.

    Args:
        path: of the file.
        classes: of its tags.
        split: train, validation or test; None has it drawn.
        shapes: class, shape and geometry of everything else on it.
    """

    path: Path
    classes: Sequence[str] = ()
    split: str | None = None
    shapes: Sequence[tuple[str, str, dict[str, Any]]] = ()

    @property
    def labels(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Tags and shapes."""
        return [*((name, "tag", {}) for name in self.classes), *self.shapes]


def write_version(
    folder: Path,
    items: Sequence[Item],
    kind: str = "classification",
    ratios: Mapping[str, float] | None = None,
    seed: int = 0,
    classes: Sequence[str] | None = None,
) -> Path:
    """Writes `version.json`, `manifest.parquet` and the images; returns the folder.

    Args:
        folder: made when it is not there.
        items: images in any order.
        kind: kind of the project.
        ratios: share of each split, stratified by the first class; 70/15/15 when not given.
        seed: of the split.
        classes: names in order; None takes all that occur, sorted.
    """
    names = list(classes) if classes else sorted({name for item in items for name, _shape, _geometry in item.labels})
    ids = {name: number for number, name in enumerate(names, 1)}
    splits = _splits(items, ratios or {"train": 0.7, "validation": 0.15, "test": 0.15}, seed)
    rows = [_row(folder, number, item, splits[number - 1], ids) for number, item in enumerate(items, 1)]
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), folder / "manifest.parquet")
    digest = hashlib.sha256("".join(f"{r['sha256']}{r['split']}" for r in rows).encode()).hexdigest()
    head = {
        "format": 1,
        "project": folder.name,
        "number": 1,
        "hash": digest,
        "kind": kind,
        "classes": [
            {"id": ids[name], "name": name, "color": _COLORS[i % len(_COLORS)]} for i, name in enumerate(names)
        ],
        "split": dict(ratios or {}),
        "counts": {split: splits.count(split) for split in ("train", "validation", "test")},
    }
    (folder / "version.json").write_text(json.dumps(head, indent=1), encoding="utf-8")
    return folder


def _splits(items: Sequence[Item], ratios: Mapping[str, float], seed: int) -> list[str]:
    by_class: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        by_class[item.labels[0][0] if item.labels else ""].append(index)
    result = [item.split or "train" for item in items]
    shuffle = random.Random(seed)
    for members in by_class.values():
        shuffle.shuffle(members)
        share = 0.0
        start = 0
        for split, ratio in ratios.items():
            share += ratio
            end = round(share * len(members))
            for index in members[start:end]:
                result[index] = items[index].split or split
            start = end
    return result


def _row(folder: Path, number: int, item: Item, split: str, ids: Mapping[str, int]) -> dict[str, object]:
    data = item.path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    target = folder / "images" / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    try:
        with Image.open(item.path) as image:
            width, height = image.size
    except OSError:
        width = height = 1
    return {
        "image_id": number,
        "sha256": sha256,
        "name": item.path.name,
        "width": width,
        "height": height,
        "split": split,
        "group": None,
        "revision": 1,
        "annotations": [
            {
                "id": f"00000000-0000-4000-8000-{number:08d}{place:04d}",
                "class_id": ids[name],
                "shape": shape,
                "geometry": json.dumps(geometry),
                "attributes": "{}",
                "source": "manual",
            }
            for place, (name, shape, geometry) in enumerate(item.labels)
        ],
    }
