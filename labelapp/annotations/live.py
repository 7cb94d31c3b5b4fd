"""The labelling of a project, live, as server-sent events: `saved`, `here` and `gone`."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from labelapp.accounts.authentication import is_known
from labelapp.accounts.event_reader import event_reader, not_found
from labelapp.annotations.labelling_stream import key_of
from labelapp.lib.events import PING_SECONDS, checked, event_stream, from_entry, reading
from labelapp.lib.hub import hub
from labelapp.projects.models import Project

SECONDS_BEFORE = 15  # who was there so long ago may be there still


@csrf_exempt  # it only reads: whoever posts is told so, in JSON
async def labelling_events(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """``GET /api/projects/{id}/labelling/events/``"""
    user, refused = await event_reader(request)
    if refused:
        return refused

    def look() -> bool:
        token = user.acting_token
        own = not token or token.project_id in (None, pk)
        return own and is_known(request) and Project.objects.visible_to(user).filter(pk=pk).exists()

    if not await reading(look)():
        return not_found()
    last = checked(request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", ""))
    return event_stream(stream(pk, last, reading(look)))


async def stream(pk: int, last: str, look: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
    """What the viewer has missed, or who has just been there; then what happens, as long as they may see it."""
    key = key_of(pk)
    async with hub().watching(key) as viewer:
        last = last or f"{int((time.time() - SECONDS_BEFORE) * 1000)}-0"
        yield ": open\n\n"
        for entry in await hub().past(key, last):
            last = entry.id
            yield from_entry(entry)
        looked_at = time.monotonic()
        while True:
            try:
                live = await asyncio.wait_for(viewer.get(), PING_SECONDS)
            except TimeoutError:
                yield ": ping\n\n"
                live = None
            else:
                if live is None:
                    return  # too slow: the page comes back by itself
            if time.monotonic() - looked_at >= PING_SECONDS:
                if not await look():
                    return
                looked_at = time.monotonic()
            if live and live.later_than(last):
                last = live.id
                yield from_entry(live)
