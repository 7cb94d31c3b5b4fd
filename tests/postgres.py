"""A PostgreSQL server for tests, in a temporary folder and listening on its socket only; ended with its user.

    python -m tests.postgres pytest tests/projects    # the command has DATABASE_URL

A server that LABELAPP_TEST_DATABASE_URL names is used instead; its user may make databases.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

VARIABLE = "LABELAPP_TEST_DATABASE_URL"
DEBIAN = Path("/usr/lib/postgresql")
UNPRIVILEGED = "nobody"
# Losing what tests have written is no loss.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def programs() -> Path:
    """The folder of initdb and pg_ctl: on the path, else Debian's newest, installed where there is none."""
    for attempt in range(2):
        if found := shutil.which("pg_ctl"):
            return Path(found).resolve().parent
        folders = [each for each in DEBIAN.glob("*/bin") if (each / "pg_ctl").exists()]
        if folders:
            return max(folders, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
        if not attempt:
            subprocess.run(["sh", str(Path(__file__).with_name("install_postgres.sh"))], check=True)
    raise SystemExit("No PostgreSQL found.")


class Server:
    """One cluster. It refuses to run as root: there it runs as another user of the system."""

    def __init__(self, folder: Path, password: str = "a secret"):
        self.bin = programs()
        self.data = folder / "data"
        self.folder = folder
        self.password = password
        self.user = {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid} if os.geteuid() == 0 else {}

    def make(self, user: str = "labelapp") -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        if self.user:
            for path in (self.folder, secret):
                shutil.chown(path, self.user["user"], self.user["group"])
        self._run("initdb", "-D", self.data, "-U", user, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8")

    def start(self, *options: str) -> None:
        words = " ".join(f"'{option}'" for option in ("-k", str(self.folder), *options))
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / "log", "-o", words, "start")

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def make_database(self, name: str, owner: str, port: int) -> None:
        environment = {"PGPASSWORD": self.password}
        self._run("createdb", "-h", "127.0.0.1", "-p", port, "-U", owner, name, env=environment)

    def _run(self, program: str, *words: object, **options: Any) -> None:
        subprocess.run(
            [str(self.bin / program), *map(str, words)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            **self.user,
            **options,
        )


@contextmanager
def database() -> Iterator[str]:
    """A DATABASE_URL; tests make their own databases beside the one that it names."""
    if url := os.environ.get(VARIABLE):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="labelapp-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Server(folder)
        server.make()
        server.start("-c", "listen_addresses=", *FAST)
        try:
            yield f"postgres://labelapp:{quote(server.password)}@{quote(name, safe='')}/postgres"
        finally:
            server.stop()


def main() -> int:
    # A killed test command must not leave a server: it is ended like one that was interrupted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with database() as url:
        try:
            return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": url})
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
