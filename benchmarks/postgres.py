"""A PostgreSQL of one's own for a benchmark: from Debian's packages, on a free port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgres(Exception):
    """There is no PostgreSQL server program on this machine."""


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Yields the address of an empty database; PostgreSQL's own settings, so that figures are what people get."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not programs:
        raise NoPostgres("No PostgreSQL server is installed here.")
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as name:
        folder, port = Path(name), free_port()
        as_server = _server_user(folder)
        data = folder / "data"
        make = [*as_server, str(programs[-1].with_name("initdb")), "-D", str(data)]
        make += ["-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        control = [*as_server, str(programs[-1]), "-D", str(data), "-w"]
        subprocess.run(
            [*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, stdout=subprocess.DEVNULL
        )
        try:
            yield f"postgres://bench@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL)


def _server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to be run by root: then Debian's own user runs it."""
    if os.geteuid():
        return []
    shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    assert pwd.getpwnam("postgres")
    return ["runuser", "-u", "postgres", "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
