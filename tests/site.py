"""The real site in child processes: what ``make run`` starts, on a free port with a data folder of its own."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import cache, cached_property
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "build" / "static"  # of all sites: to collect it takes longer than anything else at a start
SECONDS_TO_COME_UP = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@cache
def collect_static() -> None:
    """Collect the static files, unless they are there already; one process at a time."""
    STATIC.mkdir(parents=True, exist_ok=True)
    with (STATIC.parent / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        environment = os.environ | {"LABELAPP_STATIC_DIR": str(STATIC)}
        subprocess.run([sys.executable, "-m", "labelapp.serve.static"], cwd=ROOT, env=environment, check=True)


class RunningSite:
    """A site that runs; ``LABELAPP_STATIC_DIR=""`` lets it collect its own static files."""

    username = "owner"
    password = "correct horse battery"

    def __init__(self, data_dir: Path, **environment: str):
        self.data_dir = data_dir
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # The tests' own settings must not leak in: the site reads all of its own from here.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LABELAPP_", "PYTEST_"))}
        inherited.pop("REDIS_URL", None)
        self.environment = inherited | {
            "LABELAPP_DATA_DIR": str(data_dir),
            "LABELAPP_PORT": str(self.port),
            "LABELAPP_ADMIN_USERNAME": self.username,
            "LABELAPP_ADMIN_PASSWORD": self.password,
            "LABELAPP_MEASURE_AFTER_SECONDS": "0",  # it would slow what is tested down
            "LABELAPP_SIGN_IN_RATE": "1000/min",
            "LABELAPP_STATIC_DIR": str(STATIC),
            **environment,
        }
        self.lines: list[str] = []

    def start(self) -> "RunningSite":
        self.launch()
        deadline = time.monotonic() + SECONDS_TO_COME_UP
        while time.monotonic() < deadline:
            assert self.supervisor.poll() is None, "The site ended:\n" + self.output
            if self.answers():
                return self
            time.sleep(0.2)
        self.stop()
        raise AssertionError("The site did not come up:\n" + self.output)

    def launch(self) -> None:
        if self.environment["LABELAPP_STATIC_DIR"] == str(STATIC):
            collect_static()
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "labelapp.serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/readyz", timeout=10).ok
        except requests.RequestException:
            return False

    @cached_property
    def token(self) -> str:
        """The owner's, for scripts; made once, as the password's digest takes half a second."""
        body = {"username": self.username, "password": self.password}
        answer = requests.post(f"{self.address}/api/auth/token/", json=body, timeout=60)
        assert answer.ok, answer.text[:1000]
        return str(answer.json()["token"])

    def stop(self, sign: signal.Signals = signal.SIGINT) -> float:
        """Ctrl-C; returns the seconds until the supervisor was gone."""
        began = time.monotonic()
        self.supervisor.send_signal(sign)
        try:
            self.supervisor.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.supervisor.pid, signal.SIGKILL)
        return time.monotonic() - began

    def pids(self, pattern: str = "") -> list[int]:
        """Living processes of this site whose command line matches ``pattern``."""
        marker = f"LABELAPP_DATA_DIR={self.data_dir}\0".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                mine = marker in (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if mine and command and re.search(pattern, command):
                found.append(int(folder.name))
        return found

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def _read(self) -> None:
        assert self.supervisor.stdout is not None
        for line in self.supervisor.stdout:
            self.lines.append(line)
