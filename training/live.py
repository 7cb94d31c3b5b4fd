"""Runs, live, as server-sent events."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from labelapp.accounts.authentication import is_known
from labelapp.accounts.event_reader import event_reader, not_found
from labelapp.lib.events import PING_SECONDS, checked, event_stream, from_entry, message, reading
from labelapp.lib.hub import Entry, hub
from training.models import Epoch, Run
from training.models.run_states import ENDED
from training.stream import key_of

Look = Callable[[], Awaitable[Run | None]]


@csrf_exempt  # it only reads: whoever posts is told so, in JSON
async def run_events(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """``GET /api/runs/{id}/events/``"""
    user, refused = await event_reader(request)
    if refused:
        return refused
    if not await reading(Run.objects.visible_to(user).filter(pk=pk).exists)():
        return not_found()
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", "")

    def look() -> Run | None:
        return Run.objects.visible_to(user).filter(pk=pk).first() if is_known(request) else None

    return event_stream(stream(pk, checked(last), reading(look)))


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
        "images_per_second": epoch.images_per_second, "statistics": epoch.statistics, "best": epoch.best,
    }  # fmt: skip


def is_end(entry: Entry) -> bool:
    """An ending is told from the database, once: a resumed run's stream still has its earlier ones."""
    return entry.event == "status" and entry.fields.get("status") in ENDED
