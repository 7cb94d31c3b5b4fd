import contextlib
import logging
import threading
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from training.models import Run

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def heartbeat(run: Run) -> Iterator[None]:
    """Say every few seconds that a claimed run is being worked on, whatever takes long in between."""
    lease, ended = run.lease, threading.Event()

    def beat() -> None:
        while not ended.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                close_old_connections()
                # Not update_mine: that changes the object, which belongs to the other thread.
                Run.objects.filter(pk=run.pk, lease=lease).active().update(heartbeat_at=timezone.now())
            except DatabaseError as error:
                logger.warning("No heartbeat of run %s: %s", run.pk, error)
        connections.close_all()

    thread = threading.Thread(target=beat, name=f"heartbeat-{run.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
