"""``DATABASE_URL`` as Django's database: SQLite in the data folder by default, PostgreSQL where one is named."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from labelapp.lib import environment as env

SECONDS_KEPT = 60  # a connection of a worker
SQLITE = {
    "timeout": 20,
    # With DEFERRED, concurrent writers fail with "database is locked" instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}


def database(name: str, data_dir: Path, web: bool) -> dict[str, Any]:
    """The entry for ``DATABASES``; ``web``: for a web process.

    The web server runs each request in a thread of its own, which ends with it: a connection that is kept open there
    is never used again, and hundreds of them would pile up.
    """
    found: dict[str, Any] = dj_database_url.parse(
        env.text(name) or f"sqlite:///{data_dir / 'labelapp.sqlite3'}",
        conn_max_age=0 if web else SECONDS_KEPT,
        conn_health_checks=True,  # the server may have been restarted since the last use
    )  # type: ignore[assignment]
    given = found.get("OPTIONS", {})  # such as sslmode
    if found["ENGINE"].endswith("sqlite3"):
        of_tests = {"NAME": data_dir / f"test-{os.getpid()}.sqlite3"}
        return found | {"ENGINE": "labelapp.lib.sqlite", "OPTIONS": SQLITE | given, "TEST": of_tests}
    if web and found["ENGINE"].endswith("postgresql"):
        pool = {"min_size": 2, "max_size": env.integer("LABELAPP_DATABASE_POOL", 10), "timeout": 20}
        return found | {"OPTIONS": given | {"pool": pool}}
    return found
