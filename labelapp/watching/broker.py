"""What Redis knows: the queues, and itself."""

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings

SECONDS = 2.0  # a Redis that takes longer is as good as away


@contextlib.contextmanager
def client() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as found:
        yield found


def queue_names() -> list[str]:
    routed = [route["queue"] for route in settings.CELERY_TASK_ROUTES.values()]
    return list(dict.fromkeys([settings.CELERY_TASK_DEFAULT_QUEUE, *routed]))


def queues() -> list[dict[str, Any]]:
    """``name``, ``length`` and ``oldest_seconds`` (None when empty) of each."""
    names = queue_names()
    with client() as broker:
        pipe = broker.pipeline(transaction=False)
        for name in names:
            pipe.llen(name)
            pipe.lindex(name, -1)  # Celery puts in at the head and takes from the tail
        found = pipe.execute()
    return [
        {"name": name, "length": length, "oldest_seconds": waited(oldest)}
        for name, length, oldest in zip(names, found[::2], found[1::2], strict=True)
    ]


def waited(message: bytes | None) -> float | None:
    if message is None:
        return None
    try:
        return round(max(time.time() - json.loads(message)["headers"]["queued_at"], 0.0), 1)
    except (ValueError, KeyError, TypeError):
        return None  # put there by an older LabelApp


def info() -> dict[str, Any]:
    with client() as broker:
        return broker.info()
