"""What the site does with stored files beyond Django's own verbs, alike on a disk and in an object store."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Protocol, cast

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

HOLD = "hold/backup"
HOLD_SECONDS = 300  # so long it counts when whoever had set it has died


class SiteStorage(Protocol):
    def keep(self, name: str, content: File, size: int) -> None: ...

    def replace(self, name: str, content: File) -> None: ...

    def reader(self, name: str, start: int = 0) -> IO[bytes]: ...

    def discard_old(self, name: str, before: datetime) -> bool: ...

    def remove_folder(self, name: str) -> None: ...


def keep(name: str, content: File, size: int) -> None:
    """Store a file whose name tells its content, unless it is there already; either way it looks new afterwards."""
    _storage().keep(name, content, size)


def replace(name: str, content: File) -> None:
    """Store a file in the place of an older one, if there is one."""
    _storage().replace(name, content)


def reader(name: str, start: int = 0) -> IO[bytes]:
    """The bytes from ``start`` on as they come, to be read forwards once and closed.

    Raises:
        FileNotFoundError: it is not stored.
    """
    return _storage().reader(name, start)


def discard_old(name: str, before: datetime) -> bool:
    """Delete a file unless it has been kept since ``before``; False when it has."""
    return _storage().discard_old(name, before)


def remove_folder(name: str) -> None:
    """Delete all files under ``name``; nothing happens when there are none."""
    _storage().remove_folder(name)


@contextmanager
def hold() -> Iterator[None]:
    """Meanwhile nothing is swept out of the storage, by whatever process."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(HOLD_SECONDS / 5):
            replace(HOLD, ContentFile(b"held"))

    replace(HOLD, ContentFile(b"held"))
    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        default_storage.delete(HOLD)


def held() -> bool:
    try:
        set_at = default_storage.get_modified_time(HOLD)
    except FileNotFoundError:
        return False
    return timezone.now() - set_at < timedelta(seconds=HOLD_SECONDS)


def _storage() -> SiteStorage:
    return cast(SiteStorage, default_storage)
