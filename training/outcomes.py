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
DRAWN = "drawn"  # JSON, or null: small maps of what is there and of what was found
PLACE = "place"  # of a row in the file
KINDS = ["missed", "false", "confused", "misplaced", "double"]


class Outcomes:
    def __init__(self, run: Run):
        self.run = run

    def page(self, url: str, *, ordering: str, page_size: int, offset: int, **wanted: Any) -> dict[str, Any]:
        """One page of rows whose columns equal what is ``wanted`` of them; None wants nothing."""
        # Reading Parquet is what only these pages need: the web process starts without it.
        import pyarrow.parquet as pq

        name = f"{self.run.result_folder}/predictions.parquet"
        if not default_storage.exists(name):
            raise Http404
        file = pq.ParquetFile(local_copy(name, settings.CACHE_DIR, changes=True))
        table = self._filtered(file, wanted)
        column = ordering.removeprefix("-")
        if column not in table.column_names:
            column = "score"
        table = table.sort_by(
            [(column, "descending" if ordering.startswith("-") else "ascending"), ("name", "ascending")]
        )
        rows = self._read(file, table.slice(offset, page_size))
        more = offset + page_size < table.num_rows
        return {
            "count": table.num_rows,
            "results": shown(self.run.project_id, rows),
            "next": with_offset(url, offset + page_size) if more else None,
            "previous": with_offset(url, max(offset - page_size, 0)) if offset else None,
        }

    def _filtered(self, file: Any, wanted: dict[str, Any]) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc

        table = file.read([*COLUMNS, *(each for each in MORE if each in file.schema_arrow.names)])
        table = table.append_column(PLACE, pa.array(range(table.num_rows), pa.int64()))
        kind = wanted.pop("kind", None)
        for column, value in wanted.items():
            if value is not None:
                table = table.filter(has(pc, table[column], value))
        if kind == "missed" and "missed" in table.column_names:
            return table.filter(pc.not_equal(table["missed"], "[]"))
        if kind and "found" in table.column_names:
            return table.filter(pc.match_substring(table["found"], f'"kind": "{kind}"'))
        return table

    def _read(self, file: Any, table: Any) -> list[dict[str, Any]]:
        """The rows of one page; drawings are many, and are read for no others."""
        places, rows = table[PLACE], table.drop_columns([PLACE])
        if DRAWN in file.schema_arrow.names:
            rows = rows.append_column(DRAWN, file.read([DRAWN])[DRAWN].take(places))
        return [
            row | {name: json.loads(row[name]) for name in ("found", "missed", DRAWN) if row.get(name)}
            for row in rows.to_pylist()
        ]


def shown(project: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers about images, each with its image's thumbnail, width and height if that is still there."""
    images = Image.objects.filter(project=project, pk__in=[row["image_id"] for row in rows])
    there = {pk: (width, height) for pk, width, height in images.values_list("pk", "width", "height")}
    return [rendered(row, there.get(row["image_id"])) for row in rows]


def rendered(row: dict[str, Any], size: tuple[int, int] | None) -> dict[str, Any]:
    image = row["image_id"]
    return {
        "image": image if size else None,
        "thumbnail": f"/api/images/{image}/thumbnail/" if size else None,
        "size": size,
        **{name: value for name, value in row.items() if name != "image_id"},
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
