import base64
import json
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from labelapp.lib import strict_json
from labelapp.lib.numbers import whole_number
from labelapp.projects.paging import refusing_rubbish

ORDERINGS = {
    "id": "id", "name": "name", "updated": "updated_at", "created": "created_at", "size": "size_bytes",
}  # fmt: skip


class ImagePagination(BasePagination):
    """Keyset pages in any ordering.

    A page begins after (value, id) of the last image seen. Unlike KeysetPagination, which orders by one column, this
    holds when thousands of images share a value, as they do after a bulk change.
    """

    default_size = 100
    largest_size = 1000

    def paginate_queryset(self, queryset, request, view=None) -> list:
        self._request = request
        self._field, self._descending = self._ordering(request.query_params.get("ordering", "-id"))
        size = self._size(request.query_params.get("page_size"))
        with refusing_rubbish(cursor := request.query_params.get("cursor")):
            return self._page(queryset, size, self._position(cursor))

    def _page(self, queryset: QuerySet, size: int, position: dict | None) -> list:
        backwards = bool(position and position["backwards"])
        if position:
            queryset = self._beyond(queryset, position, backwards)
        sign = "-" if self._descending != backwards else ""
        rows = list(queryset.order_by(f"{sign}{self._field}", f"{sign}id")[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        self._has_next = bool(rows) and (backwards or more)
        self._has_previous = bool(rows) and (more if backwards else position is not None)
        self._rows = rows
        return rows

    def get_paginated_response(self, data) -> Response:
        return Response(
            {
                "results": data,
                "next": self._url(self._rows[-1], backwards=False) if self._has_next else None,
                "previous": self._url(self._rows[0], backwards=True) if self._has_previous else None,
            }
        )

    def get_paginated_response_schema(self, schema: dict) -> dict:
        url = {"type": "string", "format": "uri", "nullable": True}
        properties = {"results": schema, "next": url, "previous": url}
        return {"type": "object", "required": ["results"], "properties": properties}

    def get_schema_operation_parameters(self, view) -> list[dict]:
        orderings = [f"{sign}{name}" for name in ORDERINGS for sign in ("", "-")]
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "schema": {"type": "integer", "maximum": self.largest_size}},
            {"name": "ordering", "in": "query", "schema": {"type": "string", "enum": orderings}},
        ]

    def _ordering(self, text: str) -> tuple[str, bool]:
        name = text.removeprefix("-")
        if name not in ORDERINGS:
            known = ", ".join(ORDERINGS)
            raise ValidationError({"ordering": _("“{value}” is none of: {known}.").format(value=text, known=known)})
        return ORDERINGS[name], text.startswith("-")

    def _size(self, text: str | None) -> int:
        if text is None:
            return self.default_size
        size = whole_number(text)
        if not size:
            raise ValidationError({"page_size": _("This must be a number from 1 to {most}.").format(most=1000)})
        return min(size, self.largest_size)

    def _beyond(self, queryset: QuerySet, position: dict, backwards: bool) -> QuerySet:
        side = "lt" if self._descending != backwards else "gt"
        after = Q(**{f"{self._field}__{side}": position["value"]})
        tied = Q(**{self._field: position["value"], f"id__{side}": position["id"]})
        # Said twice, so that the database can start at the value in its index.
        bound = Q(**{f"{self._field}__{side}e": position["value"]})
        return queryset.filter(bound, after | tied)

    def _position(self, text: str | None) -> dict | None:
        if not text:
            return None
        position = strict_json.loads(base64.urlsafe_b64decode(text.encode()).decode())
        return {"value": position["v"], "id": whole_number(position["i"]), "backwards": bool(position["b"])}

    def _url(self, row, backwards: bool) -> str:
        value = getattr(row, self._field)
        value = value.isoformat() if hasattr(value, "isoformat") else value
        text = json.dumps({"v": value, "i": row.pk, "b": backwards}, separators=(",", ":"))
        query = self._request.query_params.copy()
        query["cursor"] = base64.urlsafe_b64encode(text.encode()).decode()
        pairs = [(key, each) for key in query for each in query.getlist(key)]
        return self._request.build_absolute_uri(f"{self._request.path}?{urlencode(pairs)}")
