"""One web process as ``make run`` starts it, and a person's browser that asks it over a connection that stays open."""

import contextlib
import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
SECONDS_KEPT_OPEN = 3  # uvicorn closes a connection on which nothing comes for five


@contextlib.contextmanager
def web_process(environment: dict[str, str]) -> Iterator["Web"]:
    port = int(environment["LABELAPP_PORT"])
    process = subprocess.Popen([sys.executable, "-m", "labelapp.serve.web"], env=environment, cwd=ROOT)
    try:
        for _try in range(300):
            with contextlib.suppress(OSError):
                if Browser(port, "").get("/healthz")[0] == 200:
                    break
            time.sleep(0.2)
        yield Web(port, psutil.Process(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@dataclass
class Web:
    port: int
    process: psutil.Process

    @property
    def cpu_ms(self) -> float:
        times = self.process.cpu_times()
        return (times.user + times.system) * 1000


class Browser:
    """One connection that stays open, with a person's session."""

    def __init__(self, port: int, session: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._last = time.monotonic()
        self.cookies = f"sessionid={session}; csrftoken={'c' * 32}"

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path)

    def patch(self, path: str, body: dict) -> tuple[int, bytes]:
        return self._ask("PATCH", path, json.dumps(body), {"Content-Type": "application/json"})

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict | None = None) -> tuple[int, bytes]:
        own = {"Cookie": self.cookies, "X-CSRFToken": "c" * 32}
        if time.monotonic() - self._last > SECONDS_KEPT_OPEN:
            self.connection.close()  # it opens itself again
        self.connection.request(method, path, body, own | (headers or {}))
        answer = self.connection.getresponse()
        content = answer.read()
        self._last = time.monotonic()
        return answer.status, content


def answered(answer: tuple[int, bytes]) -> bytes:
    assert answer[0] == 200, answer
    return answer[1]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
