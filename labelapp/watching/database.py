"""Size, tables and version of the database, SQLite or PostgreSQL, without counting rows one by one."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

LARGEST = 8
SMALL_BYTES = 64 * 2**20  # SQLite reads the whole file to say how large each table is


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def version() -> str:
    if is_sqlite():
        return f"SQLite {sqlite3.sqlite_version}"
    return "PostgreSQL " + str(rows("SHOW server_version")[0][0]).split()[0]


def size() -> int:
    if is_sqlite():
        (pages,), (page_size,) = rows("PRAGMA page_count")[0], rows("PRAGMA page_size")[0]
        wal = Path(f"{connection.settings_dict['NAME']}-wal")
        return pages * page_size + (wal.stat().st_size if wal.exists() else 0)
    return rows("SELECT pg_database_size(current_database())")[0][0]


def largest_tables() -> list[dict[str, Any]]:
    """``name``, ``rows`` (about) and ``bytes`` (None where that would take long), the largest first."""
    found = sqlite_tables() if is_sqlite() else postgres_tables()
    return sorted(found, key=lambda table: (table["bytes"] or 0, table["rows"] or 0), reverse=True)[:LARGEST]


def sqlite_tables() -> list[dict[str, Any]]:
    tables = [
        name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    ]
    sizes = sqlite_sizes()
    return [{"name": name, "rows": newest_rowid(name), "bytes": sizes.get(name)} for name in tables]


def sqlite_sizes() -> dict[str, int]:
    """Of each table with its indexes; nothing for a large file, or an SQLite that was built without dbstat."""
    if size() > SMALL_BYTES or not rows("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'"):
        return {}
    return dict(
        rows("SELECT tbl_name, SUM(pgsize) FROM dbstat('main', 1) JOIN sqlite_master USING (name) GROUP BY tbl_name")
    )


def newest_rowid(table: str) -> int | None:
    """About the number of rows that there have been: the end of an index, found at once."""
    try:
        return rows(f"SELECT MAX(rowid) FROM {connection.ops.quote_name(table)}")[0][0] or 0
    except OperationalError:
        return None  # a table without row ids


def postgres_tables() -> list[dict[str, Any]]:
    found = rows(
        "SELECT relname, GREATEST(reltuples, 0)::bigint, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    )
    return [{"name": name, "rows": about, "bytes": taken} for name, about, taken in found]


def ever_made(table: str) -> int:
    """How many rows this table was ever given: it only grows, also when rows are deleted."""
    if is_sqlite():
        found = rows("SELECT seq FROM sqlite_sequence WHERE name = %s", table)
        return found[0][0] if found else 0
    sequence = rows("SELECT pg_get_serial_sequence(%s, 'id')", table)[0][0]
    last, used = rows(f"SELECT last_value, is_called FROM {sequence}")[0]
    return last if used else 0


def unapplied_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or None)
        return cursor.fetchall()
