"""Originals lie untouched in the default storage under their SHA-256, once, however many projects show them."""

import hashlib
from typing import IO

from django.core.files import File

from labelapp.lib import stored

CHUNK = 1 << 20


def path_of(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def keep(file: File) -> tuple[str, int]:
    """Store the file unless its content is stored already; returns its SHA-256 and size in bytes."""
    sha256, size = digest(file)
    # It looks new then, so that no sweep takes it before the row that shows it is there.
    stored.keep(path_of(sha256), file, size)
    return sha256, size


def digest(file: IO[bytes] | File) -> tuple[str, int]:
    file.seek(0)
    sha256, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return sha256.hexdigest(), size
