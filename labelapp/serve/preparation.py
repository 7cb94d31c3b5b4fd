"""What must be done before requests are answered: migrations, static files, what was left lying."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from labelapp.lib.disk_storage import DRAFTS

LEFT_SECONDS = 24 * 3600  # no upload, export or import takes longer
# Files of our libraries that no page of ours uses: hashing them would double the first start.
NOT_SERVED = ["redoc", "rest_framework", "swagger-ui-es*"]


@contextmanager
def without_pool() -> Iterator[None]:
    """Connect directly: a pool tries again and again, and says at last only that it had to wait."""
    options = connection.settings_dict["OPTIONS"]
    pool = options.pop("pool", None)
    try:
        yield
    finally:
        connection.close()
        if pool:
            options["pool"] = pool


def migrate() -> None:
    """Bring the database up to date; costs next to nothing when it is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def collect_static() -> None:
    """Copy and hash the static files, only when one of them has changed since the last time."""
    if settings.STATIC_ROOT.exists() and not os.access(settings.STATIC_ROOT, os.W_OK):
        return  # they came with the image
    stamp = settings.STATIC_ROOT / ".stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=NOT_SERVED)
    stamp.write_text(now)


def tidy_up() -> None:
    """Remove what processes that were killed have left: temporary files, and stored ones that never became whole.

    Not the pieces of large files: their uploads can be gone on with for days, and have a sweep of their own.
    """
    old = time.time() - LEFT_SECONDS
    for folder in (Path(settings.FILE_UPLOAD_TEMP_DIR), Path(settings.MEDIA_ROOT) / DRAFTS):
        for path in folder.iterdir() if folder.exists() else ():
            if path.name == "parts" or path.stat().st_mtime > old:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
