"""Workers and beat tell every few seconds that they live, what they have and what they do."""

import atexit
import contextlib
import logging
import os
import platform
import threading
import time
from collections.abc import Iterator
from typing import Any

import redis
from celery.signals import after_task_publish, beat_init, worker_ready, worker_shutting_down
from celery.worker import state
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone

from labelapp.version import VERSION
from training.execution import shutting_down
from training.measuring import Measuring
from training.models import Worker
from training.models.worker import TRAIN, WorkerKind
from training.usage import hardware, usage

SECONDS = 5.0

logger = logging.getLogger(__name__)
_here: dict[str, Any] = {}


def this_worker() -> Worker | None:
    return Worker.objects.filter(name=_here.get("name", "")).first()


@worker_ready.connect
def begin(sender, **_kwargs) -> None:
    queues = sorted(queue.name for queue in sender.task_consumer.queues)
    start(sender.hostname, kind=WorkerKind.WORKER, queues=queues)
    if TRAIN in queues:
        Measuring(platform.node(), lambda: bool(begun())).start()


@beat_init.connect
def begin_beat(**_kwargs) -> None:
    after_task_publish.connect(note_publishing)
    start(f"beat@{platform.node()}", kind=WorkerKind.BEAT)
    atexit.register(part)


@worker_shutting_down.connect
def end(**_kwargs) -> None:
    shutting_down.set()


def note_publishing(**_kwargs) -> None:
    """A beat whose threads live but which sends nothing is as good as dead; this shows it."""
    _here["published"] = time.time()


def start(name: str, **facts: Any) -> None:
    _here["name"] = name
    own = {"node": platform.node(), "pid": os.getpid(), "version": VERSION, "started_at": timezone.now()}
    threading.Thread(target=_announce, args=[facts | own], name="announcing", daemon=True).start()


def part() -> None:
    with contextlib.suppress(Error):
        Worker.objects.part(_here["name"])


def _announce(facts: dict[str, Any]) -> None:
    facts |= hardware()
    with survived():
        Worker.objects.forget_the_old()
    while True:
        with survived():
            Worker.objects.announce(
                _here["name"], usage=usage() | published(), doing=doing(), clock_offset=clock_offset(), **facts
            )
        if shutting_down.wait(SECONDS):
            break
    part()
    connections.close_all()


@contextlib.contextmanager
def survived() -> Iterator[None]:
    """A database that is away costs one announcement, not the thread."""
    try:
        close_old_connections()
        yield
    except Error as error:
        logger.warning("Could not announce %s: %s", _here["name"], error)


def published() -> dict[str, Any]:
    return {"published": _here["published"]} if "published" in _here else {}


def doing() -> list[dict[str, Any]]:
    """The tasks that this worker has begun, oldest first."""
    return [
        {"task": request.name, "id": request.id, "argument": argument_of(request), "since": request.time_start}
        for request in sorted(begun(), key=lambda request: request.time_start or 0)
    ]


def begun() -> list[Any]:
    while True:
        try:
            return list(state.active_requests)
        except RuntimeError:  # another thread has just begun one
            continue


def argument_of(request) -> int | None:
    """Which job or run it is about."""
    first = (request.args or [None])[0]
    return first if isinstance(first, int) else None


def clock_offset() -> float | None:
    """Seconds by which the clock here is ahead of Redis'; leases and heartbeats of several nodes are compared."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
        try:
            before = time.time()
            seconds, microseconds = client.time()
            return round((before + time.time()) / 2 - seconds - microseconds / 1e6, 3)
        except redis.RedisError:
            return None
