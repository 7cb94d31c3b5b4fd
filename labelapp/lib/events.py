"""Server-sent events: what every live page's answer is made of."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import JsonResponse, StreamingHttpResponse

from labelapp.lib.hub import Entry, parts

P = ParamSpec("P")
T = TypeVar("T")

PING_SECONDS = 15.0


def reading(function: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Ask the database from a few shared threads, and leave no connection behind.

    Otherwise each of five hundred viewers would hold a thread and a connection for as long as they watch.
    """

    def and_let_go(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    return sync_to_async(and_let_go, thread_sensitive=False)


def event_stream(events: AsyncIterator[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy must not collect events
    return response


def refusal(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": {}}}, status=status)


def checked(last: str) -> str:
    """An id that is none of ours is as good as none: everything is sent."""
    try:
        milliseconds, number = parts(last)
    except ValueError:
        return ""
    return f"{milliseconds}-{number}" if max(milliseconds, number) < 2**63 else ""


def from_entry(entry: Entry) -> str:
    return f"id: {entry.id}\nevent: {entry.event}\ndata: {entry.data}\n\n"


def message(event: str, data: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"
