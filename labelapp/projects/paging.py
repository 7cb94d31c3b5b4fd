from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """``{"results", "next", "previous"}``; a page costs the same however far down it is."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
    ordering: str | tuple[str, ...] = "-id"
