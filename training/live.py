"""Runs, live: Redis streams in, server-sent events out. One reader per process serves all who watch."""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import redis.asyncio as redis
from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from labelapp.accounts.authentication import TokenAuthentication
from training.models import Run
from training.models.run_states import ENDED
from training.stream import key_of

PING_SECONDS = 15.0
BLOCK_MS = 500
MOST_WAITING = 1000  # events a slow viewer may be behind
Entry = tuple[str, dict[str, str]]

logger = logging.getLogger(__name__)


class Hub:
    """Reads the streams that somebody watches, once, and passes each entry to every viewer's queue."""

    def __init__(self) -> None:
        self._redis = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True)
        self._viewers: dict[str, set[asyncio.Queue[Entry | None]]] = defaultdict(set)
        self._positions: dict[str, str] = {}
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def watching(self, key: str) -> AsyncIterator[asyncio.Queue[Entry | None]]:
        viewer: asyncio.Queue[Entry | None] = asyncio.Queue(MOST_WAITING)
        if key not in self._positions:
            newest = await self._redis.xrevrange(key, count=1)
            self._positions.setdefault(key, newest[0][0] if newest else "0-0")
        self._viewers[key].add(viewer)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read())
        try:
            yield viewer
        finally:
            self._viewers[key].discard(viewer)
            if not self._viewers[key]:
                del self._viewers[key]
                self._positions.pop(key, None)

    async def past(self, key: str, after: str) -> list[Entry]:
        return await self._redis.xrange(key, min=f"({after}" if after else "-")

    async def _read(self) -> None:
        while self._positions:
            try:
                answer = await self._redis.xread(dict(self._positions), block=BLOCK_MS)
            except redis.RedisError as error:
                logger.warning("Redis is away: %s", error)
                await asyncio.sleep(1)
                continue
            for key, entries in answer or []:
                for entry in entries:
                    self._positions[key] = entry[0]
                    self._pass_on(key, entry)

    def _pass_on(self, key: str, entry: Entry) -> None:
        for viewer in list(self._viewers.get(key, ())):
            try:
                viewer.put_nowait(entry)
            except asyncio.QueueFull:
                # Too slow: it is sent away, and comes back by itself with the id of the last event it saw.
                self._viewers[key].discard(viewer)
                while not viewer.empty():
                    viewer.get_nowait()
                viewer.put_nowait(None)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


async def run_events(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """``GET /api/runs/{id}/events/``"""
    if request.method != "GET":
        return refusal(405, "method_not_allowed", _("Events can only be read."))
    try:
        user = await sync_to_async(person)(request)
    except AuthenticationFailed as error:
        return refusal(401, "not_signed_in", str(error.detail))
    if user is None:
        return refusal(401, "not_signed_in", _("Sign in, or send a token."))
    run = await Run.objects.visible_to(user).filter(pk=pk).afirst()
    if run is None:
        return refusal(404, "not_found", _("There is no such thing here, or it is not yours."))
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", "")
    response = StreamingHttpResponse(stream(pk, last), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy must not collect events
    return response


def person(request: HttpRequest) -> Any:
    by_token = TokenAuthentication().authenticate(Request(request))
    if by_token:
        return by_token[0]
    return request.user if request.user.is_authenticated else None


def refusal(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": {}}}, status=status)


async def stream(pk: int, last: str) -> AsyncIterator[str]:
    """First what the viewer has missed, then what happens, until the run has ended."""
    key = key_of(pk)
    async with hub().watching(key) as viewer:
        run = await Run.objects.aget(pk=pk)
        if not run.ended:
            yield message("status", snapshot(run))
        past = [entry for entry in await hub().past(key, last) if not is_end(entry)]
        if not past and not last:
            async for epoch in run.epoch_rows.all():
                yield message("epoch", as_event(run, epoch))
        for entry in past:
            last = entry[0]
            yield from_entry(entry)
        run = await Run.objects.aget(pk=pk)
        while not run.ended:
            try:
                live = await asyncio.wait_for(viewer.get(), PING_SECONDS)
            except TimeoutError:
                yield ": ping\n\n"
                run = await Run.objects.aget(pk=pk)
                continue
            if live is None:
                return
            if later(live[0], last) and not is_end(live):
                last = live[0]
                yield from_entry(live)
            if live[1]["event"] == "status":
                run = await Run.objects.aget(pk=pk)
        yield message("status", snapshot(run))


def snapshot(run: Run) -> dict[str, Any]:
    return {
        "status": run.status, "message": run.message, "epoch": run.epoch, "epochs": run.epochs, "error": run.error,
        "metrics": run.metrics,
    }  # fmt: skip


def as_event(run: Run, epoch: Any) -> dict[str, Any]:
    return {
        "event": "epoch", "time": epoch.created_at.timestamp(), "epoch": epoch.number, "epochs": run.epochs,
        "metrics": epoch.metrics, "learning_rate": epoch.learning_rate, "seconds": epoch.seconds,
        "images_per_second": epoch.images_per_second, "best": epoch.best,
    }  # fmt: skip


def is_end(entry: Entry) -> bool:
    """An ending is told from the database, once: a resumed run's stream still has its earlier ones."""
    return entry[1]["event"] == "status" and json.loads(entry[1]["data"]).get("status") in ENDED


def from_entry(entry: Entry) -> str:
    return f"id: {entry[0]}\nevent: {entry[1]['event']}\ndata: {entry[1]['data']}\n\n"


def message(event: str, data: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"


def later(identifier: str, than: str) -> bool:
    def parts(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split("-"))

    return not than or parts(identifier) > parts(than)
