"""A run's predictions.parquet, searched and paged."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404

from labelapp.images.models import Image
from training.models import Run
from training.specs import local_copy

ORDERINGS = [
    "-score", "score", "-uncertainty", "uncertainty", "true_score", "-true_score", "image_id", "-errors", "iou",
]  # fmt: skip
COLUMNS = [
    "image_id", "name", "split", "true", "predicted", "score", "true_score", "correct", "uncertainty",
]  # fmt: skip
# What answers with places tell besides; `found` and `missed` as JSON.
MORE = ["errors", "iou", "found", "missed"]
KINDS = ["missed", "false", "confused", "misplaced", "double"]


class Outcomes:
    def __init__(self, run: Run):
        self.run = run

    def page(self, url: str, *, ordering: str, page_size: int, offset: int, **wanted: Any) -> dict[str, Any]:
        """One page of rows whose columns equal what is ``wanted`` of them; None wants nothing."""
        table = self._filtered(wanted)
        column = ordering.removeprefix("-")
        if column not in table.column_names:
            column = "score"
        table = table.sort_by(
            [(column, "descending" if ordering.startswith("-") else "ascending"), ("name", "ascending")]
        )
        rows = table.slice(offset, page_size).to_pylist()
        more = offset + page_size < table.num_rows
        return {
            "count": table.num_rows,
            "results": [self._rendered(row, there) for row, there in self._with_presence(rows)],
            "next": with_offset(url, offset + page_size) if more else None,
            "previous": with_offset(url, max(offset - page_size, 0)) if offset else None,
        }

    def _filtered(self, wanted: dict[str, Any]) -> Any:
        # Reading Parquet is what only these pages need: the web process starts without it.
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        name = f"{self.run.result_folder}/predictions.parquet"
        if not default_storage.exists(name):
            raise Http404
        file = pq.ParquetFile(local_copy(name, settings.CACHE_DIR, changes=True))
        table = file.read([*COLUMNS, *(each for each in MORE if each in file.schema_arrow.names)])
        kind = wanted.pop("kind", None)
        for column, value in wanted.items():
            if value is not None:
                table = table.filter(has(pc, table[column], value))
        if kind == "missed" and "missed" in table.column_names:
            return table.filter(pc.not_equal(table["missed"], "[]"))
        if kind and "found" in table.column_names:
            return table.filter(pc.match_substring(table["found"], f'"kind": "{kind}"'))
        return table

    def _with_presence(self, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], tuple[int, int] | None]]:
        """Each with its image's width and height, if it is still there."""
        ids = [row["image_id"] for row in rows]
        images = Image.objects.filter(project=self.run.project_id, pk__in=ids)
        there = {pk: (width, height) for pk, width, height in images.values_list("pk", "width", "height")}
        return [(row, there.get(row["image_id"])) for row in rows]

    def _rendered(self, row: dict[str, Any], size: tuple[int, int] | None) -> dict[str, Any]:
        image = row.pop("image_id")
        for name in ("found", "missed"):
            if name in row:
                row[name] = json.loads(row[name])
        return {
            "image": image if size else None,
            "thumbnail": f"/api/images/{image}/thumbnail/" if size else None,
            "size": size,
            **row,
        }


def has(pc: Any, column: Any, value: Any) -> Any:
    """Which rows equal the value, or hold it where the column holds lists (several classes per image)."""
    import pyarrow as pa

    if not pa.types.is_list(column.type):
        return pc.equal(column, value)
    return pa.array([value in (each or []) for each in column.to_pylist()])


def with_offset(url: str, offset: int) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {"offset": str(offset)}
    return urlunsplit(parts._replace(query=urlencode(query)))
