"""A worker that trains measures, while it has nothing else to do, how fast it is."""

import contextlib
import hashlib
import logging
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path

import psutil
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils.translation import gettext as _

from training.child import Child, tail
from training.engine import zoo
from training.engine.zoo.costs import MEASURED_CLASSES, MOST_ON_CPU, costs
from training.execution import shutting_down
from training.models import Measurement, Run, RunStatus
from training.models.measurement import MOST_SECONDS
from training.models.run_states import ACTIVE

LOOK_SECONDS = 5.0
TICK_SECONDS = 0.5

logger = logging.getLogger(__name__)


class Measuring:
    """Measures what people ask for at once, and everything that is not known of this node once it has long been idle.

    A run always comes first: measuring ends when one is queued, and begins again when there is none.

    Args:
        node: whose speed it is.
        at_work: whether this worker does something.
    """

    def __init__(self, node: str, at_work: Callable[[], bool]):
        self.node = node
        self._at_work = at_work
        self._idle_since = time.monotonic()

    def start(self) -> None:
        threading.Thread(target=self.watch, name="measuring", daemon=True).start()

    def watch(self) -> None:
        """Look for something to measure until the worker ends."""
        try:
            while not shutting_down.wait(LOOK_SECONDS):
                try:
                    close_old_connections()
                    self.look()
                except Error as error:  # a database that is away costs one look, not the thread
                    logger.warning("Could not look for something to measure: %s", error)
        finally:
            connections.close_all()

    def look(self) -> bool:
        """Measure one thing, if there is one and no run is in the way; says whether there was."""
        if self._busy():
            self._idle_since = time.monotonic()
            return False
        row = Measurement.objects.waiting().filter(node=self.node).first()
        idle_after = settings.MEASURE_AFTER_SECONDS
        if row is None and idle_after and time.monotonic() - self._idle_since > idle_after:
            row = self._unknown()
        if row is None or not row.claim():
            return False
        self._measure(row)
        return True

    def _unknown(self) -> Measurement | None:
        """A preset that was never measured here with this engine, cheapest first; it is asked for."""
        done = Measurement.objects.filter(node=self.node, engine=engine())
        known = set(done.values_list("preset", "task"))
        Measurement.objects.forget_the_old()
        for preset in sorted(zoo.PRESETS.values(), key=lambda preset: preset.gflops):
            if (preset.name, preset.tasks[0]) not in known:
                (row,) = Measurement.objects.ask(self.node, [(preset.name, preset.tasks[0])])
                return row
        return None

    def _busy(self) -> bool:
        """Whether something is more important: work of this worker, a run that goes on here, or one that waits."""
        here = Run.objects.filter(status__in=ACTIVE, worker__node=self.node)
        return self._at_work() or here.exists() or Run.objects.filter(status=RunStatus.QUEUED).exists()

    def _measure(self, row: Measurement) -> None:
        """Follow the engine; whatever happens to it, the row does not stay in between."""
        edge = zoo.get(row.preset).input_size_for(row.task, None, pretrained=False)
        if costs()[row.preset][row.task].memory(MEASURED_CLASSES, edge**2, MOST_ON_CPU) > free_memory():
            return row.fail(engine(), _("Too little memory was free."))
        found, error, deadline = None, "", time.monotonic() + MOST_SECONDS
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log.txt"
            try:
                with log.open("wb") as file, Child(["measure", row.preset, "--task", row.task], file) as child:
                    for event in child.events(TICK_SECONDS):
                        if shutting_down.is_set() or self._busy() or not row.wanted:
                            return row.postpone()
                        if time.monotonic() > deadline:
                            error = _("It took longer than {minutes} minutes.").format(minutes=MOST_SECONDS // 60)
                            break
                        if event and event["event"] == "measured":
                            found = event
                        elif event and event["event"] == "error":
                            error = f"{event['message']} {event.get('hint', '')}".strip()
                    code = child.returncode
            except BaseException:
                row.postpone()
                raise
            if found:
                return row.keep(engine(), found)
            logger.warning("Could not measure %s: %s", row, error or tail(log, 2000))
        return row.fail(engine(), error or _("The engine ended early ({code}).").format(code=code))


def free_memory() -> int:
    return psutil.virtual_memory().available


@cache
def engine() -> str:
    """Fingerprint of what is measured: the engine's code, and the libraries that compute."""
    digest = hashlib.sha256()
    root = Path(zoo.__file__).parents[1]
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    for package in ("keras", "tensorflow-cpu", "tensorflow", "numpy", "opencv-python-headless"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{package} {metadata.version(package)}".encode())
    return digest.hexdigest()[:16]
