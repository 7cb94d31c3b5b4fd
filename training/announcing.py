"""A worker tells every few seconds that it lives, what it has and how busy it is."""

import logging
import threading
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.db import DatabaseError, close_old_connections

from training.execution import shutting_down
from training.models import Worker
from training.usage import hardware, usage

SECONDS = 5.0

logger = logging.getLogger(__name__)
_here: dict[str, Any] = {}


def this_worker() -> Worker | None:
    return Worker.objects.filter(name=_here.get("name", "")).first()


@worker_ready.connect
def begin(sender, **_kwargs) -> None:
    _here["name"] = sender.hostname
    _here["queues"] = sorted(queue.name for queue in sender.task_consumer.queues)
    threading.Thread(target=_announce, daemon=True).start()


@worker_shutting_down.connect
def end(**_kwargs) -> None:
    shutting_down.set()


def _announce() -> None:
    facts = hardware()
    while not shutting_down.is_set():
        try:
            close_old_connections()
            Worker.objects.announce(_here["name"], queues=_here["queues"], usage=usage(), **facts)
        except DatabaseError as error:
            logger.warning("Could not announce this worker: %s", error)
        shutting_down.wait(SECONDS)
