import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connections

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

    thread = threading.Thread(target=go_on, name=f"heartbeat of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
