"""One decoder, seen from the site."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .protocol import TAKEN, Ended, Late, Unfit, exactly, receive, send

ROOM = Path(__file__).resolve().parent.parent
# Not ``-m labelapp...``: that would load the site's queue, half a second and twice the memory. Isolated (-I): what
# lies in the environment or the working folder is not run.
BOOTSTRAP = (
    "import sys; sys.path += sys.argv[1:3]; "
    "from parent import die_with_parent; die_with_parent(int(sys.argv[3])); "
    "from decoder.child import main; main()"
)
COMMAND = [sys.executable, "-I", "-c", BOOTSTRAP, str(ROOM), str(ROOM.parent / "lib")]
ENVIRONMENT = ("LD_LIBRARY_PATH",)
SECONDS_TO_START = 60
ADDRESS_SPACE_OF_PYTHON = 256 << 20


@dataclass(frozen=True)
class Limits:
    """What one file may take."""

    seconds: int  # of computing
    wall_seconds: int
    memory: int  # bytes


Told = Callable[[dict[str, Any], list[bytes]], None]


class NotTaken(Exception):
    """The decoder was gone before it had the request: the file has nothing to do with it."""


class Decoder:
    """A process that decodes one file after the other. Whatever goes wrong, the process is gone afterwards."""

    def __init__(self, command: list[str], limits: Limits, generous: bool = False):
        self._limits = limits
        self._connection, theirs = socket.socketpair()
        settings = {
            "descriptor": theirs.fileno(), "memory": limits.memory, "seconds": limits.seconds, "generous": generous,
            "address_space": limits.memory + ADDRESS_SPACE_OF_PYTHON,
        }  # fmt: skip
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(os.getpid()), json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # libraries complain there about every damaged file
                pass_fds=[theirs.fileno()],
                # The site's secrets are none of its business.
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                start_new_session=True,
            )
        self.spent = False  # whether it makes way for a fresh one

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(
        self, request: dict[str, Any], descriptor: int, told: Told | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """
        Args:
            told: gets what is said before the answer, piece by piece.

        Raises:
            Unfit: the file is no picture, or too much for a decoder.
            NotTaken: ask another one.
        """
        try:
            self._hand_over(request, descriptor)
            deadline = time.monotonic() + self._limits.wall_seconds
            answer, blobs = receive(self._connection, deadline)
            while told and answer.get("more"):
                told(answer, blobs)
                answer, blobs = receive(self._connection, deadline)
        except Late:
            self.end()
            raise Unfit("slow", seconds=self._limits.seconds) from None
        except Ended:
            raise self._autopsy() from None
        except BaseException:
            self.end()
            raise
        self.spent = bool(answer.get("last"))
        if "unfit" in answer:
            details = answer.get("details")
            raise Unfit(str(answer["unfit"]), **(details if isinstance(details, dict) else {}))
        return answer, blobs

    def end(self) -> None:
        self.spent = True
        self._connection.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

    def _hand_over(self, request: dict[str, Any], descriptor: int) -> None:
        """The clock of the file does not run yet: on a busy machine a decoder takes its time to start."""
        try:
            self._connection.settimeout(SECONDS_TO_START)
            send(self._connection, request, descriptor)
            if exactly(self._connection, len(TAKEN), time.monotonic() + SECONDS_TO_START) == TAKEN:
                return
        except (OSError, Ended, Late):
            pass
        self.end()
        raise NotTaken

    def _autopsy(self) -> Unfit:
        """Why it ended in the middle of a file."""
        with contextlib.suppress(subprocess.TimeoutExpired):  # its socket closes a moment before it is gone
            self._process.wait(1)
        code = self._process.poll()
        self.end()
        if code == -signal.SIGXCPU:
            return Unfit("slow", seconds=self._limits.seconds)
        return Unfit("killed" if code == -signal.SIGKILL else "crash")
