"""The decoders of one process: a few, started when they are needed, kept warm, replaced when they die."""

import fcntl
import logging
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .decoder import COMMAND, Decoder, Limits, NotTaken, Told
from .protocol import Unfit

ATTEMPTS = 3
TURNS = 3  # so many large pictures at their longest may come before one that waits
TURN_SECONDS = 0.05

logger = logging.getLogger(__name__)


class NoDecoder(Exception):
    """None could be had: the machine has no memory or no processes left, or large pictures wait for each other.

    No file is to blame.
    """


class Pool:
    """Asks one of up to ``count`` decoders.

    A picture that may need more memory than they have goes to one that is made for it alone, with ``large_memory``.
    Of these there is one at a time on the machine: each holds the lock.

    Args:
        limits: Of each decoder.
        large_memory: Bytes.
        lock: File that all processes of the site lock for a large picture.
        patience: So many times the seconds of others it may take.
    """

    def __init__(
        self, limits: Limits, count: int, large_memory: int, lock: Path, command: list[str] = COMMAND, patience: int = 1
    ):
        self.limits = limits
        self.count = count
        seconds, wall_seconds = limits.seconds * patience, limits.wall_seconds * patience
        self._large_limits = Limits(seconds, wall_seconds, large_memory)
        self._lock = lock
        self._command = command
        self._seats = threading.Semaphore(count)
        self._idle: list[Decoder] = []
        # Linux ends a child together with the thread that started it: this one lives as long as the process.
        self._starter = ThreadPoolExecutor(1, "decoders")

    def ask(
        self, request: dict[str, Any], descriptor: int, told: Told | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """
        Args:
            told: gets what is said before the answer, piece by piece.

        Raises:
            Unfit: why the file cannot be an image.
            NoDecoder: nothing can be said about it.
        """
        try:
            with self._seats:
                return self._attempt(self._decoder, request, descriptor, told, keep=True)
        except Unfit as unfit:
            if unfit.code != "large":
                raise
        with self._only_large():
            return self._attempt(lambda: self._start(self._large_limits, True), request, descriptor, told, keep=False)

    def pids(self) -> list[int]:
        return [decoder.pid for decoder in self._idle]

    def close(self) -> None:
        while self._idle:
            self._idle.pop().end()
        self._starter.shutdown()

    def _attempt(self, obtain, request, descriptor, told: Told | None, keep: bool):
        for _attempt in range(self.count + ATTEMPTS):
            try:
                decoder = obtain()
            except OSError as error:
                raise NoDecoder(str(error)) from error
            try:
                return decoder.ask(request, descriptor, told)
            except NotTaken:
                continue
            except Unfit as unfit:
                if unfit.code in ("crash", "killed", "slow"):
                    logger.warning("A decoder was lost to a file: %s", unfit.code)
                raise
            finally:
                if keep and not decoder.spent:
                    self._idle.append(decoder)
                else:
                    decoder.end()
        raise NoDecoder("decoders end as soon as they are started")

    def _decoder(self) -> Decoder:
        try:
            return self._idle.pop()
        except IndexError:
            return self._start(self.limits)

    def _start(self, limits: Limits, generous: bool = False) -> Decoder:
        return self._starter.submit(Decoder, self._command, limits, generous).result()

    @contextmanager
    def _only_large(self) -> Iterator[None]:
        descriptor = os.open(self._lock, os.O_CREAT | os.O_RDWR, 0o600)
        deadline = time.monotonic() + TURNS * self._large_limits.wall_seconds
        try:
            while not locked(descriptor):
                if time.monotonic() > deadline:
                    raise NoDecoder("other large pictures take all the time")
                time.sleep(TURN_SECONDS)
            yield
        finally:
            os.close(descriptor)


def locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
