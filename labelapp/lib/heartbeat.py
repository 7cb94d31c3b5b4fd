import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.db.models import Q
from django.utils import timezone

logger = logging.getLogger(__name__)


@contextmanager
def heartbeat(beat: Callable[[], Any], name: str) -> Iterator[None]:
    """Call ``beat`` every few seconds from a thread of its own, whatever takes long in between.

    A database that is locked or away costs one beat, not the thread.
    """
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                close_old_connections()
                beat()
            except Error as error:
                logger.warning("No heartbeat of %s: %s", name, error)
        connections.close_all()

    # In a copy of the context: what goes wrong is logged with the job or run it is about.
    run = contextvars.copy_context().run
    thread = threading.Thread(target=run, args=[go_on], name=f"heartbeat of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def unheard() -> Q:
    """Rows whose last heartbeat is too old, or was written before the clock was set back."""
    now, patience = timezone.now(), timedelta(seconds=settings.JOB_LOST_SECONDS)
    return Q(heartbeat_at__lt=now - patience) | Q(heartbeat_at__gt=now + patience)


def wait_for_a_sign() -> None:
    """Give those who seem lost the time to show that they live, before they are buried under an unchanged heartbeat.

    After the clock was set, and once a locked database is free again, everybody seems lost for a moment.
    """
    time.sleep(2 * settings.JOB_HEARTBEAT_SECONDS)
