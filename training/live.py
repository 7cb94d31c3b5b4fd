"""Runs, live, as server-sent events."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from labelapp.accounts.authentication import TokenAuthentication, is_known
from training.hub import Entry, hub, parts
from training.models import Epoch, Run
from training.models.run_states import ENDED
from training.stream import key_of

P = ParamSpec("P")
T = TypeVar("T")
Look = Callable[[], Awaitable[Run | None]]

PING_SECONDS = 15.0


@csrf_exempt  # it only reads: whoever posts is told so, in JSON
async def run_events(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """``GET /api/runs/{id}/events/``"""
    if request.method != "GET":
        return refusal(405, "method_not_allowed", _("Events can only be read."))
    try:
        user = await reading(person)(request)
    except AuthenticationFailed as error:
        return refusal(401, "not_signed_in", str(error.detail))
    if user is None:
        return refusal(401, "not_signed_in", _("Sign in, or send a token."))
    if not await reading(Run.objects.visible_to(user).filter(pk=pk).exists)():
        return refusal(404, "not_found", _("There is no such thing here, or it is not yours."))
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", "")

    def look() -> Run | None:
        return Run.objects.visible_to(user).filter(pk=pk).first() if is_known(request) else None

    response = StreamingHttpResponse(stream(pk, checked(last), reading(look)), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy must not collect events
    return response


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


def person(request: HttpRequest) -> Any:
    by_token = TokenAuthentication().authenticate(Request(request))
    if by_token:
        return by_token[0]
    return request.user if request.user.is_authenticated else None


def refusal(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": {}}}, status=status)


def checked(last: str) -> str:
    """An id that is none of ours is as good as none: everything is sent."""
    try:
        milliseconds, number = parts(last)
    except ValueError:
        return ""
    return f"{milliseconds}-{number}" if max(milliseconds, number) < 2**63 else ""


async def stream(pk: int, last: str, look: Look) -> AsyncIterator[str]:
    """First where the run stands and what the viewer has missed, then what happens, until the run has ended.

    Args:
        look: Reads the run once more; None when it is gone, or no longer for this viewer's eyes. It is asked at least
            every ``PING_SECONDS``.
    """
    key = key_of(pk)
    async with hub().watching(key) as viewer:
        run = await look()
        if run and not run.ended:
            yield message("status", run.snapshot)
        past = await hub().past(key, last)
        if not last or not await hub().reaches(key, last):
            for epoch in await reading(kept_epochs)(pk, past):
                yield message("epoch", as_event(epoch))
        for entry in past:
            last = entry.id
            if not is_end(entry):
                yield from_entry(entry)
        run, looked_at = await look(), time.monotonic()
        while run and not run.ended:
            try:
                live = await asyncio.wait_for(viewer.get(), PING_SECONDS)
            except TimeoutError:
                yield ": ping\n\n"
                run, looked_at = await look(), time.monotonic()  # the last word on it may have been lost with Redis
                continue
            if live is None:
                return
            if live.event == "status" or time.monotonic() - looked_at > PING_SECONDS:
                run, looked_at = await look(), time.monotonic()
            if run and live.later_than(last) and not is_end(live):
                last = live.id
                yield from_entry(live)
        if run:
            yield message("status", run.snapshot)


def kept_epochs(pk: int, past: list[Entry]) -> list[Epoch]:
    """Epochs that the database has and the stream has not: that is capped, and gone when Redis lost its data."""
    streamed = {entry.fields["epoch"] for entry in past if entry.event == "epoch"}
    return list(Epoch.objects.filter(run=pk).exclude(number__in=streamed).select_related("run"))


def as_event(epoch: Epoch) -> dict[str, Any]:
    return {
        "event": "epoch", "time": epoch.created_at.timestamp(), "epoch": epoch.number, "epochs": epoch.run.epochs,
        "metrics": epoch.metrics, "learning_rate": epoch.learning_rate, "seconds": epoch.seconds,
        "images_per_second": epoch.images_per_second, "best": epoch.best,
    }  # fmt: skip


def is_end(entry: Entry) -> bool:
    """An ending is told from the database, once: a resumed run's stream still has its earlier ones."""
    return entry.event == "status" and entry.fields.get("status") in ENDED


def from_entry(entry: Entry) -> str:
    return f"id: {entry.id}\nevent: {entry.event}\ndata: {entry.data}\n\n"


def message(event: str, data: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"
