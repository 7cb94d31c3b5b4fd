"""Room on the disks that the site writes to."""

import shutil
from collections.abc import Iterable
from pathlib import Path


def free_bytes(folders: Iterable[str | Path]) -> int:
    """Bytes that can still be written to the fullest of these folders' disks; folders need not exist yet."""
    return min(shutil.disk_usage(nearest(Path(folder))).free for folder in folders)


def nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())
