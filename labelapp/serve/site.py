import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from labelapp.lib import environment as env
from labelapp.serve import broker, lines
from labelapp.serve.process import Process
from labelapp.serve.web import address

PYTHON = sys.executable
SECONDS_TO_END = 4.0


class Site:
    """Redis, web, workers and beat as children of one supervisor that starts, watches and ends them."""

    def __init__(self) -> None:
        from labelapp import settings  # reads the environment; exits with one clear line when it cannot

        self.data_dir: Path = settings.DATA_DIR
        self.port: int = settings.PORT
        self.host = os.environ.get("LABELAPP_BIND", "127.0.0.1")
        self._form = lines.FORMS[settings.LOG_FORMAT]
        self.log_level = os.environ.get("LABELAPP_LOG_LEVEL", "WARNING").upper()
        self.processes: list[Process] = []
        self._ending = False

    def run(self) -> int:
        problem = self._lock() or self._port_problem()
        if problem:
            print(problem, file=sys.stderr)
            return 1
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._end_soon)
        began = time.monotonic()
        try:
            self._start()
            if not self._await_web(began):
                return 1
            self._start_workers()
            while not self._ending:
                for process in self.processes:
                    process.keep_alive()
                time.sleep(0.2)
        except broker.NoRedis as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            self._end()
        return 0

    def _start(self) -> None:
        # In a container one is often root, which Celery warns about at length.
        quiet = "ignore:You're running the worker with superuser privileges"
        os.environ |= {"LABELAPP_LOG_LEVEL": self.log_level, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": quiet}
        if not env.text("REDIS_URL"):
            os.environ["REDIS_URL"] = f"unix://{broker.socket_path(self.data_dir)}"
            self._add("redis", broker.command(self.data_dir))
        self._add("web", [PYTHON, "-m", "labelapp.serve.web"])

    def _start_workers(self) -> None:
        """After the web server answers: five processes that start at once make a person wait longer for the page."""
        if self._ending:
            return
        celery = ["celery", "-A", "labelapp", "-q"]
        worker = [*celery, "worker", "--loglevel", self.log_level, "--without-gossip", "--without-mingle"]
        self._add("light", [PYTHON, "-m", *worker, "-Q", "light,rescue", "-c", "2", "-n", "light@%h"])
        self._add("train", [PYTHON, "-m", *worker, "-Q", "train", "-P", "threads", "-c", "1", "-n", "train@%h"])
        self._add("beat", [PYTHON, "-m", *celery, "beat", "--loglevel", self.log_level])

    def _add(self, name: str, command: list[str]) -> None:
        process = Process(name, command, self._say)
        process.start()
        self.processes.append(process)

    def _await_web(self, began: float) -> bool:
        """True when the first page answers; False when the web process gave up, having said why."""
        (web,) = [process for process in self.processes if process.name == "web"]
        while not self._ending and not self._answers():
            if web.gave_up:
                return False
            for process in self.processes:
                process.keep_alive()
            time.sleep(0.1)
        if not self._ending:
            seconds = time.monotonic() - began
            self._say(f"LabelApp is ready at {address(self.host, self.port)}  ({seconds:.1f} s; Ctrl-C ends it)")
        return True

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _lock(self) -> str | None:
        """One supervisor per data folder: two would run two Redis servers over the same files."""
        try:
            self._lock_file = (self.data_dir / "serve.lock").open("w")
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return f"LabelApp already runs with the data folder {self.data_dir}. Choose another with LABELAPP_DATA_DIR."
        except OSError as error:
            return f"Cannot write to {self.data_dir}: {error.strerror}. Choose another folder with LABELAPP_DATA_DIR."
        return None

    def _port_problem(self) -> str | None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                hint = f"Choose another, for example: LABELAPP_PORT={self.port + 1} make run"
                return f"Port {self.port} cannot be used ({error.strerror}). {hint}"
        return None

    def _end_soon(self, *_) -> None:
        self._ending = True

    def _end(self) -> None:
        """Workers and web first, Redis last: until then they can still hand back what they were doing."""
        redis = [process for process in self.processes if process.name == "redis"]
        others = [process for process in self.processes if process.name != "redis"]
        deadline = time.monotonic() + SECONDS_TO_END
        for group in (others, redis):
            for process in group:
                process.end()
            for process in group:
                process.wait(deadline - time.monotonic())
                process.end(signal.SIGKILL)

    def _say(self, line: str, service: str = "") -> None:
        print(self._form(service, line), flush=True)
