import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.images.shelf import shelf
from labelapp.lib import strict_json
from labelapp.lib.numbers import whole_number
from labelapp.projects.paging import refusing_rubbish

# What an order is of, and the field of an image that it sorts by.
ORDERINGS = {"id": "id", "name": "name", "updated": "updated_at", "created": "created_at", "size": "size_bytes"}
# What is read of an image that is one of many: rows, for models of so many cost as much again.
COLUMNS = (
    "id", "name", "width", "height", "format", "size_bytes", "status", "split", "group", "revision", "created_at",
    "updated_at", "labelled_by", "labelled_at", "reviewed_by", "reviewed_at", "trashed_at", "trashed_by",
)  # fmt: skip
Row = dict[str, Any]
PARAMETERS = ("cursor", "start", "page_size", "ordering")
DEFAULT_SIZE = 100
LARGEST_SIZE = 1000
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class ImagePages:
    """Pages of a project's images in any ordering, however many there are.

    A page begins after (value, id) of the last image seen, so that none is missed or told twice while others come and
    go; or at a place, counted from 0: so a grid shows any part of the list at once.
    """

    def __init__(self, request, project):
        given = request.query_params
        self._request = request
        self._catalogue = shelf.catalogue(project.pk)
        self._project = project
        self._order, self._descending = ordering_in(given.get("ordering", "-id"))
        self._size = self._page_size(given.get("page_size"))

    def page(self, filters: ImageFilters) -> list[Row]:
        given = self._request.query_params
        cursor = given.get("cursor")
        with refusing_rubbish(cursor):
            if cursor:
                place, backwards = self._position(cursor)
                self.total, self.start, ids = self._catalogue.beyond(
                    filters, self._order, self._descending, place, self._size, backwards
                )
            else:
                self.start = self._start(given.get("start"))
                self.total, ids = self._catalogue.slice(filters, self._order, self._descending, self.start, self._size)
        self._has_next = self.start + len(ids) < self.total
        self.rows = in_order(Image.objects.filter(project=self._project), ids)
        return self.rows

    def response(self, results: Any) -> Response:
        return Response(
            {
                "results": results,
                "next": self._url(self.rows[-1], backwards=False) if self.rows and self._has_next else None,
                "previous": self._url(self.rows[0], backwards=True) if self.rows and self.start else None,
                "start": self.start,
                "total": self.total,
            }
        )

    def _page_size(self, text: str | None) -> int:
        if text is None:
            return DEFAULT_SIZE
        size = whole_number(text)
        if not size:
            message = _("This must be a number from 1 to {most}.").format(most=LARGEST_SIZE)
            raise ValidationError({"page_size": message})
        return min(size, LARGEST_SIZE)

    def _start(self, text: str | None) -> int:
        start = whole_number(text) if text else 0
        if start is None:
            raise ValidationError({"start": _("This must be a place in the list, from 0.")})
        return start

    def _position(self, text: str) -> tuple[Any, bool]:
        from labelapp.images.catalogue.catalogue import Place

        position = strict_json.loads(base64.urlsafe_b64decode(text.encode()).decode())
        value, pk = position["v"], whole_number(position["i"])
        if self._order in ("created", "updated"):
            value = (datetime.fromisoformat(value) - EPOCH) // MICROSECOND
        if pk is None or not isinstance(value, str if self._order == "name" else int):
            raise ValueError(value)
        return Place(value, pk), bool(position["b"])

    def _url(self, row: Row, backwards: bool) -> str:
        value = row[ORDERINGS[self._order]]
        value = value.isoformat() if hasattr(value, "isoformat") else value
        text = json.dumps({"v": value, "i": row["id"], "b": backwards}, separators=(",", ":"))
        query = self._request.query_params.copy()
        query.pop("start", None)
        query["cursor"] = base64.urlsafe_b64encode(text.encode()).decode()
        pairs = [(key, each) for key in query for each in query.getlist(key)]
        return str(self._request.build_absolute_uri(f"{self._request.path}?{urlencode(pairs)}"))


def ordering_in(text: str) -> tuple[str, bool]:
    """What "-name" says: name, descending."""
    name = text.removeprefix("-")
    if name not in ORDERINGS:
        known = ", ".join(ORDERINGS)
        raise ValidationError({"ordering": _("“{value}” is none of: {known}.").format(value=text, known=known)})
    return name, text.startswith("-")


def in_order(images, ids: list[int]) -> list[Row]:
    """The columns of these images in the order of their ids; one that has been deleted this moment is left out."""
    found = {row["id"]: row for row in images.filter(pk__among=ids).values(*COLUMNS)}
    return [found[pk] for pk in ids if pk in found]
