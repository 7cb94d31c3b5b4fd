"""Redis streams, read once per process for all who watch."""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import redis.asyncio as redis
from django.conf import settings

BLOCK_MS = 500
MOST_WAITING = 1000  # events a slow viewer may be behind
SECONDS_BETWEEN_TRIES = 1.0

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    id: str  # Redis' own: milliseconds and a number
    event: str
    data: str  # JSON

    @property
    def fields(self) -> dict[str, Any]:
        return json.loads(self.data)

    def later_than(self, other: str) -> bool:
        return not other or parts(self.id) > parts(other)


class Viewer(asyncio.Queue[Entry | None]):
    """What one page has not been sent yet; None ends it."""

    def __init__(self) -> None:
        super().__init__(MOST_WAITING)

    def drop(self) -> None:
        while not self.empty():
            self.get_nowait()
        self.put_nowait(None)


class Hub:
    """Reads the streams that somebody watches, once, and passes each entry to every viewer of it."""

    def __init__(self) -> None:
        self._redis: Any = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=10)
        self._viewers: dict[str, set[Viewer]] = defaultdict(set)
        self._positions: dict[str, str] = {}
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def watching(self, key: str) -> AsyncIterator[Viewer]:
        viewer = Viewer()
        if key not in self._positions:
            newest = await self._newest(key)
            self._positions.setdefault(key, newest)
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
        """What the stream still has; nothing while Redis is away."""
        try:
            found = await self._redis.xrange(key, min=f"({after}" if after else "-")
        except redis.RedisError as error:
            logger.warning("Redis is away: %s", error)
            return []
        return [Entry(identifier, fields["event"], fields["data"]) for identifier, fields in found]

    async def reaches(self, key: str, identifier: str) -> bool:
        """Whether the stream goes back as far as this entry."""
        try:
            oldest = await self._redis.xrange(key, count=1)
        except redis.RedisError:
            return False
        return bool(oldest) and parts(oldest[0][0]) <= parts(identifier)

    async def _newest(self, key: str) -> str:
        try:
            newest = await self._redis.xrevrange(key, count=1)
        except redis.RedisError as error:
            logger.warning("Redis is away: %s", error)
            return "0-0"
        return newest[0][0] if newest else "0-0"

    async def _read(self) -> None:
        while self._positions:
            try:
                answer = await self._redis.xread(dict(self._positions), block=BLOCK_MS)
            except redis.RedisError as error:
                logger.warning("Redis is away: %s", error)
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)
                continue
            for key, entries in answer or []:
                for identifier, fields in entries:
                    self._pass_on(key, Entry(identifier, fields["event"], fields["data"]))

    def _pass_on(self, key: str, entry: Entry) -> None:
        if key in self._positions:  # else the last viewer has just left
            self._positions[key] = entry.id
        for viewer in list(self._viewers.get(key, ())):
            try:
                viewer.put_nowait(entry)
            except asyncio.QueueFull:
                # Too slow: it is sent away, and comes back by itself with the id of the last event it saw.
                self._viewers[key].discard(viewer)
                viewer.drop()


# A connection belongs to the event loop that opened it.
_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def parts(identifier: str) -> tuple[int, int]:
    """Of ``<milliseconds>-<number>``, to compare by.

    Raises:
        ValueError: that is no id of an entry.
    """
    milliseconds, _, number = identifier.partition("-")
    return int(milliseconds), int(number or 0)
