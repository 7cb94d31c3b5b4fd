"""One line of the log and one count per request, and an id by which all its other lines are found."""

import logging
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from labelapp.lib import log_context
from labelapp.watching import request_metrics

WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
SECRET_PARTS = {"token", "secret", "signature", "code"}  # of an address that is a key: it must not lie in logs
QUIET = {"/healthz", "/readyz", "/metrics"}  # asked for every few seconds

logger = logging.getLogger("labelapp.request")


def watch_requests(get_response):
    """A sync middleware, as WhiteNoise's below it is one too: asgiref carries the context from and to its thread."""

    def watch(request: HttpRequest) -> HttpResponseBase:
        watched = WatchedRequest(request)
        token = log_context.bind(**watched.fields)
        try:
            return watched.answered(get_response(request))
        finally:
            # Under ASGI the context is that of the request's own asyncio task, whose stream and errors come later.
            if not isinstance(request, ASGIRequest):
                log_context.release(token)

    return watch


class WatchedRequest:
    def __init__(self, request: HttpRequest):
        self.request = request
        self.id = request.request_id = given_id(request) or secrets.token_hex(8)  # type: ignore[attr-defined]
        self._began = time.monotonic()

    @property
    def fields(self) -> dict[str, Any]:
        return {"request_id": self.id, "person_id": lambda: person_of(self.request)}

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def answered(self, response: HttpResponseBase) -> HttpResponseBase:
        response["X-Request-ID"] = self.id
        self.note(response.status_code)
        if isinstance(response, StreamingHttpResponse) and response["Content-Type"].startswith("text/event-stream"):
            follow = self._follow if response.is_async else self._follow_sync
            response.streaming_content = follow(response.streaming_content)  # type: ignore[arg-type]
        return response

    def note(self, status: int) -> None:
        request, duration, path = self.request, self.seconds, shown_path(self.request)
        route = route_of(request, status)
        request_metrics.count(route, request.method or "", status, duration)
        milliseconds = round(1000 * duration, 1)
        logger.log(
            logging.DEBUG if route in QUIET or route == "static" else logging.INFO,
            "%s %s %s %s ms", request.method, path, status, milliseconds,
            extra={"method": request.method, "path": path, "status": status, "ms": milliseconds},
        )  # fmt: skip

    async def _follow(self, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        with request_metrics.viewers.track_inprogress():
            try:
                async for piece in content:
                    yield piece
            finally:
                self._ended()

    def _follow_sync(self, content: Iterator[bytes]) -> Iterator[bytes]:
        with request_metrics.viewers.track_inprogress():
            try:
                yield from content
            finally:
                self._ended()

    def _ended(self) -> None:
        path = shown_path(self.request)
        logger.info(
            "%s ended after %.1f s", path, self.seconds, extra={"path": path, "ms": round(1000 * self.seconds, 1)}
        )


def given_id(request: HttpRequest) -> str:
    """The proxy's own id, where there is a proxy: without one anybody could write what they like into the log."""
    given = request.headers.get("X-Request-ID", "")
    trusted = settings.REST_FRAMEWORK["NUM_PROXIES"]
    return given if trusted and WELL_FORMED.fullmatch(given) else ""


def person_of(request: HttpRequest) -> int | None:
    """Who it is, if that is known already: asking here would be one more look into the database."""
    user = vars(request).get("user")
    if isinstance(user, SimpleLazyObject):
        user = vars(request).get("_cached_user")
    return getattr(user, "pk", None)


def route_of(request: HttpRequest, status: int) -> str:
    """The pattern, not the address: there are as many of those as images."""
    if request.resolver_match:
        return f"/{request.resolver_match.route}"
    return "static" if status != 404 and request.path.startswith(settings.STATIC_URL) else "none"


def shown_path(request: HttpRequest) -> str:
    path = request.path
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), "...")
    return path
