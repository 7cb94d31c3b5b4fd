import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psutil
from django.conf import settings
from django.utils.translation import gettext as _

ENDED = object()


class Child:
    """An engine process in a group of its own: a crash of it never takes the worker along.

    It holds the other end of our pipe as its stdin and ends when that closes, so it does not outlive us either, not
    even when we are killed.
    """

    def __init__(self, arguments: list[str], log: IO[bytes]):
        self._lines: queue.Queue[Any] = queue.Queue(maxsize=1000)
        self._spoken = False
        self._killed = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "training.engine", *arguments, "--watch-stdin"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "2"},
        )
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_error) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.poll()

    def events(self, tick: float) -> Iterator[dict[str, Any] | None]:
        """Its JSON lines as they come, None after each ``tick`` seconds without one, until it has ended."""
        while True:
            try:
                line = self._lines.get(timeout=tick)
            except queue.Empty:
                yield None
                continue
            if line is ENDED:
                self._process.wait()
                return
            try:
                yield json.loads(line)
            except ValueError:
                continue  # a line cut off by a kill

    def stop(self) -> bool:
        """Ask it to finish its step and keep the best weights; False while it would not understand yet."""
        # Until it has set itself up, which it has when it first speaks, the signal would kill it.
        if not self._spoken or self._process.poll() is not None:
            return False
        self._process.send_signal(signal.SIGUSR1)
        return True

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        self._killed.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._spoken = True
                self._hand_over(line)
        self._hand_over(ENDED)

    def _hand_over(self, line: Any) -> None:
        while not self._killed.is_set():
            with contextlib.suppress(queue.Full):
                self._lines.put(line, timeout=1)
                return


def end_strays(spec_file: Path) -> None:
    """End an engine of this run whose worker hangs and has lost the run: two would write the same checkpoints."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            if "training.engine" in words and str(spec_file) in words:
                process.kill()
                process.wait(10)


def early_end(child: Child, log: Path) -> str:
    """Why an engine is gone that has not said so."""
    return _("The engine ended early ({code}). {log}").format(code=child.returncode, log=tail(log, 2000)[-500:])


def tail(path: Path, size: int = 65_536) -> str:
    """The end of a log file."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(file.tell() - size, 0))
        return file.read().decode(errors="replace")
