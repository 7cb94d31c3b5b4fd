import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Self

from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.images.models.upload import Upload, days_ago
from labelapp.images.models.uploaded_file import FileMark
from labelapp.lib.uuids import is_uuid
from labelapp.projects.errors import Conflict, TooLarge
from labelapp.projects.models import JobStatus
from labelapp.projects.space import Space

PIECE = 1 << 20
ORPHAN_SECONDS = 3600


class Incomplete(Exception):
    """Asked for the whole of a file that is not there wholly."""


class FilePartQuerySet(models.QuerySet["FilePart"]):
    def announce(self, upload: Upload, mark: FileMark) -> "FilePart":
        """The part for this file of the upload: the one that was begun, or a new one.

        Raises:
            NoSpace: there is no room for it. TooLarge: the upload was opened for less.
        """
        with transaction.atomic():
            # Announcements of one project wait for each other here, so that its quota holds.
            project = upload.project.lock()
            part = self.filter(upload=upload, key=mark.key).first()
            if part is not None:
                return part
            Space(project).require(mark.size_bytes)
            others = self.filter(upload=upload).aggregate(count=models.Count("pk"), size=models.Sum("size_bytes"))
            if others["count"] >= upload.files or (others["size"] or 0) + mark.size_bytes > upload.size_bytes:
                raise TooLarge(_("This upload was opened for fewer or smaller files. Open another one for this file."))
            return self.create(
                upload=upload, key=mark.key, path=mark.path, size_bytes=mark.size_bytes, modified=mark.modified
            )

    def unfinished(self) -> Self:
        """Those of which nobody knows yet what becomes of them."""
        return self.filter(result__isnull=True)

    def left_over(self) -> Self:
        """Those that nobody sends to or asks for any more."""
        ended = [JobStatus.FAILED, JobStatus.CANCELLED]
        long_ago = models.Q(upload__finished_at__lt=days_ago(), upload__heartbeat_at__lt=days_ago())
        return self.filter(long_ago | models.Q(result__isnull=True, upload__status__in=ended))


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
    whole = models.BooleanField(default=False)  # all of it is here: it no longer counts as being on its way
    result = models.JSONField(null=True)  # what became of it, once it was whole
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FilePartQuerySet.as_manager()

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
            Conflict: another request is writing to it, or has given it up.
        """
        folder().mkdir(exist_ok=True)
        with self.file.open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict(_("Another request is sending this file."), "locked") from None
            self._look_again()
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
    def taken(self) -> Iterator["WholeFile"]:
        """The complete file, as an upload that a storage may move away instead of copying it."""
        if self.offset != self.size_bytes:
            raise Incomplete
        FilePart.objects.filter(pk=self.pk).update(whole=True)
        with WholeFile(self.file) as file:
            yield file

    def settle(self, result: dict[str, Any]) -> None:
        """Keep what became of the file, and no byte of it here."""
        self.result = result
        FilePart.objects.filter(pk=self.pk).update(result=result)  # its row may be gone, with its project
        self.file.unlink(missing_ok=True)

    def discard(self) -> None:
        """
        Raises:
            Conflict: another request is writing to it, or has given it up.
        """
        with self.locked():
            file = self.file
            self.delete()
            file.unlink(missing_ok=True)

    def _look_again(self) -> None:
        """Whoever had the file before may have taken it or given it up, and what was opened is no part of it."""
        try:
            self.refresh_from_db(fields=["result"])
        except FilePart.DoesNotExist:
            self.file.unlink(missing_ok=True)
            raise Conflict(_("This file was given up. Send it again from its beginning."), "cancelled") from None
        if self.result is not None:
            self.file.unlink(missing_ok=True)


class WholeFile(File):
    def __init__(self, path: Path):
        super().__init__(path.open("rb"), name=str(path))

    def temporary_file_path(self) -> str:
        return str(self.name)


def folder() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "parts"


def sweep_parts() -> None:
    """Remove what nobody goes on with, and pieces whose row is gone: a process was killed between the two."""
    for part in FilePart.objects.left_over():
        with suppress(Conflict):  # somebody is at it
            part.discard()
    if not folder().exists():
        return
    old = time.time() - ORPHAN_SECONDS
    names = [each.name for each in folder().iterdir() if older(each, old)]
    known = {str(pk) for pk in FilePart.objects.filter(pk__in=filter(is_uuid, names)).values_list("pk", flat=True)}
    for name in set(names) - known:
        (folder() / name).unlink(missing_ok=True)


def older(file: Path, moment: float) -> bool:
    """False also where somebody is just removing it."""
    with suppress(FileNotFoundError):
        return file.stat().st_mtime < moment
    return False
