import contextvars
import logging
import threading
from pathlib import Path

SECONDS = 1.0
MOST_BYTES = 1 << 16  # read at once

logger = logging.getLogger("training.engine")


class LogFollower:
    """Repeats in the worker's log, with the run's id, what a run's log file gains.

    The file stays the truth: the engine writes to it itself, so nothing is lost when the worker is killed.
    """

    def __init__(self, path: Path):
        self._path = path
        self._position = path.stat().st_size if path.exists() else 0
        self._ended = threading.Event()
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=run, args=[self._go_on], name=f"log of {path.parent.name}", daemon=True)

    def __enter__(self) -> "LogFollower":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._ended.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._ended.wait(SECONDS):
            self._repeat()
        self._repeat(all=True)

    def _repeat(self, all: bool = False) -> None:
        """Whole lines; a last one without its end only at the very end."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._position)
                while new := file.read(MOST_BYTES):
                    last = len(new) < MOST_BYTES
                    whole = len(new) if last and all else new.rfind(b"\n") + 1
                    if not whole and not last:
                        whole = len(new)  # one line longer than is read at once
                    if not whole:
                        return
                    for line in new[:whole].decode(errors="replace").splitlines():
                        if line.strip():
                            logger.info("%s", line.rstrip())
                    self._position += whole
                    file.seek(self._position)
        except OSError as error:
            # A run that was cancelled takes its files along.
            logger.debug("Log not followed: %s", error)
