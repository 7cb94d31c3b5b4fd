import contextlib
import gzip
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from labelapp.backups import files, tables
from labelapp.backups.archive import END, FORMAT, HEAD, Writer
from labelapp.backups.snapshot import snapshot
from labelapp.lib import stored


class NotUpToDate(Exception):
    """The database is one of an older version."""


def back_up(stream: IO[bytes], say: Callable[[str], None]) -> dict[str, Any]:
    """Write the whole site while it runs: its rows as they are at one moment, then its files.

    A file that is newer than the rows may be in it too and does no harm; originals are not deleted meanwhile.

    Raises:
        NotUpToDate: bring the database up to date first.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotUpToDate
    with stored.hold(), tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as name:
        folder = Path(name)
        rows = dump_tables(folder)
        say(f"{sum(rows.values()):,} rows of {len(rows)} tables")
        head = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(),
            "database": connection.vendor,
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            "rows": rows,
        }
        writer = Writer(stream)
        try:
            writer.add_json(HEAD, head)
            for label in rows:
                with (folder / label).open("rb") as file:
                    writer.add(f"tables/{label}.jsonl", file)
            end = add_files(writer, say)
            writer.add_json(END, end)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
    return head | end


def dump_tables(folder: Path) -> dict[str, int]:
    rows = {}
    with snapshot():
        for label, model in tables.models().items():
            with gzip.open(folder / label, "wt", compresslevel=6, encoding="ascii") as file:
                rows[label] = tables.dump(model, file)
    return rows


def add_files(writer: Writer, say: Callable[[str], None]) -> dict[str, int]:
    count = size = 0
    for kind, name in files.everything():
        try:
            source = files.source(kind, name)
        except FileNotFoundError:
            continue  # deleted since it was listed
        with contextlib.closing(source):
            size += writer.add(f"{kind}/{name}", source)
        count += 1
        if count % 1000 == 0:
            say(f"{count:,} files, {size / 2**20:,.0f} MB")
    return {"files": count, "bytes": size}
