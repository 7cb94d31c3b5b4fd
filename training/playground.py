"""Predictions on request. The web process stays light: a child keeps TensorFlow and the models in memory."""

import atexit
import itertools
import json
import logging
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, Throttled

IDLE_SECONDS = 600.0
ANSWER_SECONDS = 60.0
MOST_WAITING = 8

logger = logging.getLogger(__name__)


class EngineAway(APIException):
    status_code = 503
    default_code = "unavailable"


class Playground:
    """Asks ``training.engine serve``, which is started when it is needed and ended when nobody asks any more."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._waiting = threading.Semaphore(MOST_WAITING)
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._idle: threading.Timer | None = None
        atexit.register(self.close)

    def predict(self, model: Path, images: list[Path], top: int, explain: int | None = None) -> list[dict[str, Any]]:
        """One entry per image: ``predictions`` and ``uncertainty``, or ``error``; ``heat`` of a class to be explained.

        Raises:
            Throttled: too many are waiting already.
            EngineAway: the engine did not answer, or the model cannot be read.
        """
        if not self._waiting.acquire(blocking=False):
            raise Throttled(wait=5)
        try:
            with self._one_at_a_time:
                paths = [str(path) for path in images]
                return self._ask({"model": str(model), "images": paths, "top": top, "explain": explain})
        finally:
            self._waiting.release()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        process = self._running()
        number = next(self._numbers)
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(request | {"id": number}) + "\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=ANSWER_SECONDS)
        except (BrokenPipeError, queue.Empty):
            answer = None
        if answer is None:
            self.close()
            raise EngineAway(_("The model did not answer in time. Try again, with fewer or smaller images."))
        found = json.loads(answer)
        if "error" in found:
            raise EngineAway(f"{found['error']['message']} {found['error'].get('hint', '')}".strip())
        return found["results"]

    def _running(self) -> subprocess.Popen[str]:
        if self._idle:
            self._idle.cancel()
        if self._process is None or self._process.poll() is not None:
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "training.engine", "serve"],
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            threading.Thread(target=self._read, args=[self._process, self._answers], daemon=True).start()
        self._idle = threading.Timer(IDLE_SECONDS, self._close_idle)
        self._idle.daemon = True
        self._idle.start()
        return self._process

    def _close_idle(self) -> None:
        with self._one_at_a_time:
            self.close()

    @staticmethod
    def _read(process: subprocess.Popen[str], answers: "queue.Queue[str | None]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            answers.put(line)
        answers.put(None)


playground = Playground()
