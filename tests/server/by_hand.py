"""Starts what docker-compose.yml starts, by its exact commands, where no engine runs them: paths and addresses of this
machine take the place of those inside the containers."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
import requests
from requests.adapters import HTTPAdapter

from labelapp.serve import broker
from tests.postgres import Server
from tests.server.compose import ROOT, read
from tests.site import free_port

SECONDS_TO_BE_HEALTHY = 240
GRACE = {"s": 1, "m": 60}
ENDING = ["beat", "worker-train", "worker", "web", "redis", "postgres"]  # who needs others goes first


class Proxy(HTTPAdapter):
    """Does what the proxy in front does: it takes HTTPS from outside, and says so to the site behind it."""

    def send(self, request, *args, **options):
        inside = request.copy()
        inside.url = request.url.replace("https://", "http://", 1)
        inside.headers["X-Forwarded-Proto"] = "https"
        response = super().send(inside, *args, **options)
        response.request, response.url = request, request.url
        return response


class Services:
    def __init__(self, folder: Path):
        self.folder = folder
        self.services = read("docker-compose.yml")["services"]
        self.ports = {"web": free_port(), "redis": free_port(), "postgres": free_port()}
        self.secrets, self.data, self.bin = folder / "secrets", folder / "data", folder / "bin"
        self.processes: dict[str, subprocess.Popen] = {}
        self.postgres: Server | None = None
        for each in (self.data, self.bin, folder / "redis", folder / "logs"):
            each.mkdir()
        self._make_secrets()
        self._lend_programs()

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.ports['web']}"

    def session(self) -> requests.Session:
        session = requests.Session()
        session.mount("https://", Proxy())
        return session

    def start(self) -> "Services":
        self._start_postgres()
        self._start("redis")
        collected = self.run("web", "python", "-m", "labelapp.serve.static")
        assert collected.returncode == 0, collected.stderr
        waiting = [name for name in self.services if name not in self.processes]
        while waiting:
            for name in waiting:
                needs = self.services[name]["depends_on"]
                if all(each in self.processes for each in needs):
                    for each in needs:
                        self.await_health(each)
                    self._start(name)
            waiting = [name for name in waiting if name not in self.processes]
        for name in self.services:
            self.await_health(name)
        return self

    def stop(self) -> dict[str, int]:
        """Each asked to end, in the order in which Compose asks; how each ended."""
        ended = {}
        for name in (each for each in ENDING if each in self.processes):
            # SIGINT is what the image of PostgreSQL wants: it does not wait for clients to leave.
            self.processes[name].send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
            grace = self.services[name].get("stop_grace_period", "10s")
            try:
                ended[name] = self.processes[name].wait(int(grace[:-1]) * GRACE[grace[-1]])
            except subprocess.TimeoutExpired:
                os.killpg(self.processes[name].pid, signal.SIGKILL)
                ended[name] = -9
        if self.postgres:
            shutil.rmtree(self.postgres.folder, ignore_errors=True)
        return ended

    def environment(self, name: str) -> dict[str, str]:
        """Of this machine only what a program needs to start; the rest is the service's and the image's."""
        image = {
            "LABELAPP_DATA_DIR": "/data",
            "LABELAPP_STATIC_DIR": "/app/static-collected",
            "LABELAPP_BIND": "127.0.0.1",
            "HOME": "/data/home",
        }
        own = {**image, **self.services[name].get("environment", {}), "LABELAPP_PORT": str(self.ports["web"])}
        path = f"{self.bin}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"PATH": path, "PYTHONUNBUFFERED": "1", **{key: self._here(str(value)) for key, value in own.items()}}

    def healthy(self, name: str) -> bool:
        kind, *test = self.services[name]["healthcheck"]["test"]
        test = [self._here(word) for word in test]
        environment = self.environment(name) | {"PGHOST": "127.0.0.1", "PGPORT": str(self.ports["postgres"])}
        command = ["sh", "-c", test[0]] if kind == "CMD-SHELL" else test
        return not subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode

    def await_health(self, name: str) -> None:
        deadline = time.monotonic() + SECONDS_TO_BE_HEALTHY
        while not self.healthy(name):
            assert self.processes[name].poll() is None, f"{name} ended:\n{self.log(name)}"
            assert time.monotonic() < deadline, f"{name} does not become healthy:\n{self.log(name)}"
            time.sleep(0.5)

    def log(self, name: str) -> str:
        return (self.folder / "logs" / name).read_text()[-4000:]

    def connections(self) -> int:
        with psycopg.connect((self.secrets / "database_url").read_text()) as asking:
            row = asking.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = 'labelapp'").fetchone()
            assert row is not None
            return row[0]

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess:
        """As ``docker compose run --rm NAME COMMAND``."""
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(name), capture_output=True, text=True, check=False, timeout=300
        )

    def _start(self, name: str, **options: Any) -> None:
        command = [self._here(word) for word in self.services[name]["command"]]
        if name == "redis":
            command[-1] += f" --port {self.ports['redis']} --bind 127.0.0.1"
        self._spawn(name, command, env=self.environment(name), cwd=ROOT)

    def _spawn(self, name: str, command: list[str], **options: Any) -> None:
        with (self.folder / "logs" / name).open("wb") as log:
            self.processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **options
            )

    def _start_postgres(self) -> None:
        """What the image does at its first start, then the service's command."""
        service = self.services["postgres"]
        settings = service["environment"]
        # Not below pytest's own folders: those are closed to the user as whom it runs.
        home = Path(tempfile.mkdtemp(prefix="labelapp-postgres-"))
        home.chmod(0o755)
        self.postgres = Server(home, (self.secrets / "postgres_password").read_text())
        self.postgres.make(settings["POSTGRES_USER"])
        program, *options = service["command"]
        own = ["-D", str(self.postgres.data), "-k", str(home), "-h", "127.0.0.1", "-p", str(self.ports["postgres"])]
        command = [str(self.postgres.bin / program), *options, *own]
        self._spawn("postgres", command, cwd=home, **self.postgres.user)
        self.await_health("postgres")
        self.postgres.make_database(settings["POSTGRES_DB"], settings["POSTGRES_USER"], self.ports["postgres"])

    def _make_secrets(self) -> None:
        subprocess.run(
            ["sh", "deploy/make-secrets.sh", str(self.secrets)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        for name, host in (("database_url", "postgres:5432"), ("redis_url", "redis:6379")):
            path = self.secrets / name
            port = self.ports[host.split(":")[0]]
            path.write_text(path.read_text().replace(f"@{host}", f"@127.0.0.1:{port}"))

    def _lend_programs(self) -> None:
        """redis-server and its client where they are not on the path; pg_isready, which Debian keeps off it."""
        server = Path(broker.executable())
        (self.bin / "redis-server").symlink_to(server)
        client = shutil.which("redis-cli") or str(server.with_name("redis-cli"))
        (self.bin / "redis-cli").write_text(f'#!/bin/sh\nexec {client} -p {self.ports["redis"]} "$@"\n')
        (self.bin / "redis-cli").chmod(0o755)
        from tests.postgres import programs

        (self.bin / "pg_isready").symlink_to(programs() / "pg_isready")

    def _here(self, word: str) -> str:
        for inside, outside in {
            "/run/secrets": str(self.secrets),
            "--dir /data": f"--dir {self.folder / 'redis'}",
            "/app/static-collected": str(self.folder / "static"),
            "light@worker": f"light@{socket.gethostname()}",
            "train@worker-train": f"train@{socket.gethostname()}",
        }.items():
            word = word.replace(inside, outside)
        if word == "/data" or word.startswith("/data/"):
            return str(self.data) + word.removeprefix("/data")
        return word.replace("find /data", f"find {self.data}")
