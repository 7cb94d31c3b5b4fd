import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from labelapp.watching import database
from labelapp.watching.finding import Finding, problem, warning, well

NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs",
    "fuse.s3fs", "virtiofs",
}  # fmt: skip
OLDEST_POSTGRESQL = 14
CLOCK_SECONDS = 2.0


def check() -> Iterator[Finding]:
    yield well("database", _("{version} answers.").format(version=database.version()))
    yield migrations()
    if database.is_sqlite():
        yield disk()
        yield journal()
    else:
        yield server_version()
        yield clock()


def migrations() -> Finding:
    if missing := database.unapplied_migrations():
        text = _("Not applied: {names}.").format(names=", ".join(missing[:5]))
        return problem("migrations", text, _("Run: manage.py migrate"))
    return well("migrations", _("All are applied."))


def disk() -> Finding:
    path = Path(connection.settings_dict["NAME"]).resolve()
    kind = file_system(path)
    if kind in NETWORK:
        text = _("SQLite's file lies on a network disk ({kind}), where its locks do not hold.").format(kind=kind)
        mend = _("Put LABELAPP_DATA_DIR on a disk of this machine, or use PostgreSQL (DATABASE_URL).")
        return problem("SQLite", text, mend)
    return well("SQLite", _("Its file lies on a disk of this machine."))


def file_system(path: Path) -> str:
    """The type of the file system that ``path`` is on; empty where that cannot be told."""
    mounts = {Path(each.mountpoint): each.fstype for each in psutil.disk_partitions(all=True)}
    return next((mounts[folder] for folder in [path, *path.parents] if folder in mounts), "").lower()


def journal() -> Finding:
    mode = str(database.rows("PRAGMA journal_mode")[0][0])
    if mode != "wal":
        text = _("The journal mode is {mode}: readers and writers wait for each other.").format(mode=mode)
        mend = _("Stop the site, then: sqlite3 {file} 'PRAGMA journal_mode=WAL'").format(
            file=connection.settings_dict["NAME"]
        )
        return problem("SQLite", text, mend)
    return well("SQLite", _("Write-ahead log is on."))


def server_version() -> Finding:
    number = int(str(database.rows("SHOW server_version_num")[0][0])) // 10_000
    if number < OLDEST_POSTGRESQL:
        text = _("PostgreSQL {version} is not supported.").format(version=number)
        return problem("PostgreSQL", text, _("Use {version} or newer.").format(version=OLDEST_POSTGRESQL))
    return well("PostgreSQL", _("Version {version} is supported.").format(version=number))


def clock() -> Finding:
    before = time.time()
    theirs = float(database.rows("SELECT extract(epoch FROM clock_timestamp())")[0][0])
    return compared(_("database"), (before + time.time()) / 2 - theirs)


def compared(other: str, seconds: float) -> Finding:
    """The clock here against another's."""
    text = _("This machine's and the clock of {other} differ by {seconds:.1f} seconds.").format(
        other=other, seconds=abs(seconds)
    )
    if abs(seconds) < CLOCK_SECONDS:
        return well(_("clock"), text)
    mend = _("Synchronise the clocks of all machines (NTP): leases and heartbeats compare times.")
    if abs(seconds) < settings.JOB_LOST_SECONDS / 2:
        return warning(_("clock"), text, mend)
    return problem(_("clock"), text, mend)
