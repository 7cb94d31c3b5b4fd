"""The file of a backup: a TAR whose members carry their SHA-256, written and read as a stream in constant memory.

backup.json              format, time, migrations and how many rows each table has: a restore judges by it
tables/APP.MODEL.jsonl   one line with the columns, then one line per row; packed with gzip
files/NAME               everything in the storage
weights/NAME             the server's own files of weights
end.json                 how many files and bytes there were; without it the backup is cut off
"""

import contextlib
import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings

FORMAT = 1
HEAD, END = "backup.json", "end.json"
DIGEST = "LABELAPP.sha256"
IN_MEMORY = 8 << 20
CHUNK = 1 << 20


class Damaged(Exception):
    """This is no whole backup; its text says what is wrong."""


class Writer:
    def __init__(self, stream: IO[bytes]):
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)  # noqa: SIM115

    def add(self, name: str, source: IO[bytes]) -> int:
        """Returns the size in bytes. The source is read once: how long it is may not be known before."""
        with spooled() as copy:
            digest = hashlib.sha256()
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            info = tarfile.TarInfo(name)
            info.size = copy.tell()
            info.mode = 0o600
            info.pax_headers = {DIGEST: digest.hexdigest()}
            copy.seek(0)
            self._tar.addfile(info, copy)
            forget(self._tar)
            return info.size

    def add_json(self, name: str, facts: dict[str, Any]) -> None:
        self.add(name, io.BytesIO(json.dumps(facts, indent=1).encode()))

    def close(self) -> None:
        self._tar.close()

    def abandon(self) -> None:
        """Its stream will not be written to any more, not even the end of what was begun."""
        stream: Any = self._tar.fileobj
        stream.closed = True


def members(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member; a content is given out only once it is known to be what was written.

    Raises:
        Damaged: a member is not, or the file ends before its end.
    """
    name = ""
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=CHUNK) as tar:
            while (member := tar.next()) is not None:
                name = member.name
                with content(tar, member) as copy:
                    yield name, copy
                forget(tar)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(f"The backup is damaged or no backup at all: {error}.") from error
    if name != END:
        raise Damaged("The backup is cut off: its end is missing.")


@contextlib.contextmanager
def content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    source = tar.extractfile(member) if member.isfile() else None
    if source is None or DIGEST not in member.pax_headers:
        raise Damaged(f"{member.name} was not written by a backup.")
    with spooled() as copy:
        digest = hashlib.sha256()
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        if digest.hexdigest() != member.pax_headers[DIGEST]:
            raise Damaged(f"{member.name} is damaged in the backup.")
        copy.seek(0)
        yield copy


def forget(tar: Any) -> None:
    """It keeps a list of all members, which a backup of a million files has no memory for."""
    tar.members.clear()


def spooled() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(settings.FILE_UPLOAD_TEMP_DIR))
