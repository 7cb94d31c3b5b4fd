"""A run's events as a capped Redis stream: what live pages read. Losing it loses nothing: the database has the rest."""

import logging
from typing import Any

import redis
from django.conf import settings

from labelapp.lib.streams import append

LONGEST = 5000  # events
SECONDS_KEPT = 24 * 3600

logger = logging.getLogger(__name__)


def key_of(run: int) -> str:
    return f"run:{run}:events"


def publish(run: int, snapshot: dict[str, Any]) -> None:
    """Add one status to a run's stream."""
    stream = RunStream(run)
    stream.add("status", snapshot)
    stream.close()


class RunStream:
    def __init__(self, run: int):
        self._key = key_of(run)
        self._redis = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5)

    def add(self, event: str, data: dict[str, Any]) -> None:
        """Append; a Redis that is away must not end a training, so it only costs the event."""
        try:
            append(self._redis, self._key, [(event, data)], longest=LONGEST, seconds=SECONDS_KEPT)
        except redis.RedisError as error:
            logger.warning("Event of %s not published: %s", self._key, error)

    def close(self) -> None:
        self._redis.close()
