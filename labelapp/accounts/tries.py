"""Counting tries in Redis: for all web processes together, and beyond a restart."""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis import RedisError

T = TypeVar("T")

SPARE_SECONDS = 60  # a count outlives its window, so that adding to it never finds it gone

logger = logging.getLogger(__name__)


class Tries:
    """Those of one key. The first opens a window of so many seconds, after which they are counted anew."""

    def __init__(self, key: str, seconds: int):
        self._key = key_of(key)
        self._seconds = seconds
        self._count = ""
        self.seconds_left = 0  # of the window

    def add(self) -> int:
        """One more; how many there are with it. Of those that come at once each gets a number of its own."""
        return remembered(self._add)

    def take_back(self) -> None:
        remembered(lambda cache: cache.decr(self._count) if self._count in cache else 0)

    def _add(self, cache: BaseCache) -> int:
        now = int(time.time())
        since: Any = cache.get_or_set(f"{self._key}-since", now, self._seconds)
        self.seconds_left = min(max(since + self._seconds - now, 1), self._seconds)
        self._count = f"{self._key}-{since}"
        cache.add(self._count, 0, self._seconds + SPARE_SECONDS)
        return cache.incr(self._count)


def key_of(text: str) -> str:
    """A key of a cache: short, and without what keys may not have."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def remembered(verb: Callable[[BaseCache], T]) -> T:
    """Do it in Redis. While that is away, in the memory of this process: signing in must work, and stay limited."""
    try:
        return verb(caches["tries"])
    except RedisError as error:
        logger.warning("Redis is away, so tries are counted in this process alone: %s", error)
        return verb(caches["default"])
