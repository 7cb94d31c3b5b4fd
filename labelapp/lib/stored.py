"""What the site does with stored files beyond Django's own verbs, alike on a disk and in an object store."""

from typing import IO, Protocol, cast

from django.core.files import File
from django.core.files.storage import default_storage


class SiteStorage(Protocol):
    def keep(self, name: str, content: File, size: int) -> None: ...

    def replace(self, name: str, content: File) -> None: ...

    def reader(self, name: str, start: int = 0) -> IO[bytes]: ...

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


def remove_folder(name: str) -> None:
    """Delete all files under ``name``; nothing happens when there are none."""
    _storage().remove_folder(name)


def _storage() -> SiteStorage:
    return cast(SiteStorage, default_storage)
