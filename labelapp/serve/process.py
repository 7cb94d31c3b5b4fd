import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

from labelapp.lib.parent import die_with_parent

CALM_SECONDS = 30.0  # a process that lived this long starts again at once
LONGEST_PAUSE = 15.0


class Process:
    """One child of the supervisor: started again when it ends, with growing pauses when it ends early."""

    def __init__(self, name: str, command: list[str], say: Callable[..., None]):
        self.name = name
        self.command = command
        self._say = say
        self._child: subprocess.Popen | None = None
        self._started = 0.0
        self._pause = 0.5

    def start(self) -> None:
        self._started = time.monotonic()
        self._child = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # A group of its own: Ctrl-C reaches only the supervisor, which ends all in the right order.
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid()) if sys.platform == "linux" else None,
        )
        threading.Thread(target=self._relay, args=[self._child], daemon=True).start()

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def gave_up(self) -> bool:
        """It ended by itself, having said why; one that was killed has not."""
        return self._child is not None and (self._child.poll() or 0) > 0

    def keep_alive(self) -> None:
        """Start again if it has ended; called every moment by the supervisor."""
        if self.running or self._child is None:
            return
        lived = time.monotonic() - self._started
        self._pause = 0.5 if lived > CALM_SECONDS else self._pause
        if lived >= self._pause:
            self._say(f"{self.name} ended with {self._child.returncode}; starting it again")
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self.start()

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Ask the process itself (its children follow), or kill its whole group with SIGKILL."""
        if self._child is None:
            return
        try:
            if sign == signal.SIGKILL:
                os.killpg(self._child.pid, sign)
            elif self.running:
                self._child.send_signal(sign)
        except ProcessLookupError:
            pass

    def wait(self, seconds: float) -> bool:
        """True when it has ended within ``seconds``."""
        if self._child is None:
            return True
        try:
            self._child.wait(max(seconds, 0.01))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _relay(self, child: subprocess.Popen) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            self._say(line.rstrip(), self.name)
