"""A run's predictions.parquet, searched and paged."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404

from labelapp.images.models import Image
from training.models import Run
from training.specs import local_copy

ORDERINGS = ["-score", "score", "-uncertainty", "uncertainty", "true_score", "-true_score", "image_id"]
COLUMNS = [
    "image_id", "name", "split", "true", "predicted", "score", "true_score", "correct", "uncertainty",
]  # fmt: skip


class Outcomes:
    def __init__(self, run: Run):
        self.run = run

    def page(self, url: str, *, ordering: str, page_size: int, offset: int, **wanted: Any) -> dict[str, Any]:
        """One page of rows whose columns equal what is ``wanted`` of them; None wants nothing."""
        table = self._filtered(wanted)
        column = ordering.removeprefix("-")
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
        table = pq.read_table(local_copy(name, settings.CACHE_DIR, changes=True), columns=COLUMNS)
        for column, value in wanted.items():
            if value is not None:
                table = table.filter(has(pc, table[column], value))
        return table

    def _with_presence(self, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bool]]:
        ids = [row["image_id"] for row in rows]
        there = set(Image.objects.filter(project=self.run.project_id, pk__in=ids).values_list("pk", flat=True))
        return [(row, row["image_id"] in there) for row in rows]

    def _rendered(self, row: dict[str, Any], there: bool) -> dict[str, Any]:
        image = row.pop("image_id")
        return {
            "image": image if there else None,
            "thumbnail": f"/api/images/{image}/thumbnail/" if there else None,
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
