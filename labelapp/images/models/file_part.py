import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import models
from django.utils.translation import gettext as _

from labelapp.images.models.upload import Upload
from labelapp.images.models.uploaded_file import FileMark
from labelapp.projects.errors import Conflict

PIECE = 1 << 20
ORPHAN_SECONDS = 3600


class Incomplete(Exception):
    """Asked for the whole of a file that is not there wholly."""


class FilePart(models.Model):
    """A large file that comes in pieces. What is on the disk is the truth about how much of it is here.

    The pieces lie in the folder for temporary files of the web server that took them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    path = models.CharField(max_length=1000)
    size_bytes = models.BigIntegerField()
    modified = models.BigIntegerField(default=0)
    key = models.CharField(max_length=32)
    result = models.JSONField(null=True)  # what became of it, once it was whole
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "key"], name="part_once_per_upload")]

    @property
    def mark(self) -> FileMark:
        return FileMark(self.path, self.size_bytes, self.modified)

    @property
    def file(self) -> Path:
        return folder() / str(self.pk)

    @property
    def offset(self) -> int:
        """Bytes that are here."""
        if self.result is not None:
            return self.size_bytes
        return self.file.stat().st_size if self.file.exists() else 0

    @property
    def expires_at(self) -> datetime:
        return self.upload.heartbeat_at + timedelta(days=settings.UPLOAD_DAYS)

    @contextmanager
    def locked(self) -> Iterator[IO[bytes]]:
        """The file, open at its end, for nobody else.

        Raises:
            Conflict: another request is writing to it.
        """
        folder().mkdir(exist_ok=True)
        with self.file.open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict(_("Another request is sending this file."), "locked") from None
            yield file

    def append(self, file: IO[bytes], source: Any) -> int:
        """Write what ``source`` reads, up to the announced size; returns the offset then."""
        offset = file.tell()
        while offset < self.size_bytes and (piece := source.read(min(PIECE, self.size_bytes - offset))):
            file.write(piece)
            offset += len(piece)
        file.flush()
        os.fsync(file.fileno())  # the sender forgets what we say is here
        return offset

    @contextmanager
    def whole(self) -> Iterator["WholeFile"]:
        """The complete file, as an upload that a storage may move away instead of copying it."""
        if self.offset != self.size_bytes:
            raise Incomplete
        with WholeFile(self.file) as file:
            yield file

    def settle(self, result: dict[str, Any]) -> None:
        """Keep what became of the file, and no byte of it here."""
        self.result = result
        self.save(update_fields=["result"])
        self.file.unlink(missing_ok=True)

    def discard(self) -> None:
        self.file.unlink(missing_ok=True)
        self.delete()


class WholeFile(File):
    def __init__(self, path: Path):
        super().__init__(path.open("rb"), name=str(path))

    def temporary_file_path(self) -> str:
        return str(self.name)


def folder() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "parts"


def sweep_parts() -> None:
    """Remove pieces whose row is gone: a process was killed between the two."""
    if not folder().exists():
        return
    old = time.time() - ORPHAN_SECONDS
    names = [each.name for each in folder().iterdir() if each.stat().st_mtime < old]
    known = {str(pk) for pk in FilePart.objects.filter(pk__in=filter(is_uuid, names)).values_list("pk", flat=True)}
    for name in set(names) - known:
        (folder() / name).unlink(missing_ok=True)


def is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
