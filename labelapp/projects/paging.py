from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError as InvalidValue
from django.db import DataError
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """``{"results", "next", "previous"}``; a page costs the same however far down it is."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
    ordering: str | tuple[str, ...] = "-id"

    def paginate_queryset(self, queryset, request, view=None):
        with refusing_rubbish(request.query_params.get("cursor")):
            return super().paginate_queryset(queryset, request, view)


@contextmanager
def refusing_rubbish(cursor: str | None) -> Iterator[None]:
    """A cursor is opaque, so what does not come from this list is found by using it."""
    try:
        yield
    except (InvalidValue, DataError, ValueError, KeyError, TypeError, OverflowError, NotFound) as error:
        if not cursor:
            raise
        raise ValidationError({"cursor": [_("This is no page of this list.")]}) from error
