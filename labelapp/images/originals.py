"""Originals lie untouched in the default storage under their SHA-256, once, however many projects show them."""

import contextlib
import hashlib
import os
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

CHUNK = 1 << 20


def path_of(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def keep(file: File) -> tuple[str, int]:
    """Store the file unless its content is stored already; returns its SHA-256 and size in bytes."""
    sha256, size = digest(file)
    path = path_of(sha256)
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            renew(path)
            return sha256, size
        default_storage.delete(path)  # a copy that was cut off when a process was killed
    file.seek(0)
    saved = default_storage.save(path, file)
    if saved != path:
        default_storage.delete(saved)  # another upload of the same content was quicker
    return sha256, size


def renew(path: str) -> None:
    """Let a file that is about to be shown again look new, so that no sweep takes it before its row is there."""
    with contextlib.suppress(NotImplementedError):  # an object store has no times that could be set
        os.utime(default_storage.path(path))


def digest(file: IO[bytes] | File) -> tuple[str, int]:
    file.seek(0)
    sha256, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return sha256.hexdigest(), size
