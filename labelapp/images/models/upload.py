from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.images.models.bringing import Bringing
from labelapp.images.models.sending import Sending
from labelapp.images.models.uploaded_file import FileMark, UploadedFile
from labelapp.projects.addresses import address_of
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, JobStatus
from labelapp.projects.models.job import JobQuerySet
from labelapp.projects.models.remark import Remark
from labelapp.projects.space import Space


@dataclass(frozen=True)
class Received:
    """What became of one file of an upload; ``archive`` is the id of a ZIP's unpacking."""

    mark: FileMark
    status: str
    image: int | None = None
    reason: str = ""
    archive: int | None = None


class UploadQuerySet(JobQuerySet):
    def start(self, project, user, files: int, size_bytes: int, **fields: Any) -> "Upload":
        """Open an upload of so many files; raises NoSpace before anything is sent when they do not fit."""
        Space(project).require(size_bytes)
        upload = Upload(
            project=project, created_by=user, files=files, size_bytes=size_bytes, status=JobStatus.RUNNING,
            started_at=timezone.now(), **fields,
        )  # fmt: skip
        upload.save(force_insert=True)
        return upload

    def resumable_by(self, user) -> Self:
        """What this person has begun and not ended; newest first."""
        return self.filter(created_by=user, status=JobStatus.RUNNING).order_by("-id")

    def lost(self) -> Self:
        """A browser may come back after days; then its upload is given up."""
        return self.filter(status=JobStatus.RUNNING, heartbeat_at__lt=days_ago())

    def unpacked(self, archive: int, statuses: Mapping[str, int]) -> None:
        """Count what became of the files in a ZIP that came with an upload; call once, when all of them are known."""
        come_with = UploadedFile.objects.filter(archive=archive).values("upload")
        rows: Any = self.select_for_update().filter(pk__in=come_with)
        for upload in rows:
            Upload.objects.filter(pk=upload.pk).update(**upload.count(statuses))


class Upload(Sending, Bringing):
    """Files on their way from a person's browser into a project, and what has arrived of them.

    A Job whose worker is a page: it stands in every list of jobs and is cancelled as one, but nobody queues it.
    Its heartbeat is the last file that came. One that is silent was broken off and can be gone on with; after
    UPLOAD_DAYS it is given up. A ZIP counts by the files in it, once they are unpacked.
    """

    task = "labelapp.images.tasks.sweep_uploads"  # names its queue; an upload itself is never sent to a worker
    page = "upload"

    name = models.CharField(max_length=200, blank=True)  # of the folder or file that was chosen
    files = models.PositiveIntegerField()
    size_bytes = models.BigIntegerField()
    class_from = models.CharField(max_length=16, default="none")
    arrived = models.PositiveIntegerField(default=0)
    arrived_bytes = models.BigIntegerField(default=0)

    objects = UploadQuerySet.as_manager()  # type: ignore[misc]

    @property
    def title(self) -> str:
        text = ngettext("Adding {count} file", "Adding {count} files", self.files).format(count=self.files)
        return f"{text}: {self.name}" if self.name else text

    @property
    def reason(self) -> str:
        """Also where it has ended well but for some files."""
        return self.error

    @property
    def address(self) -> str:
        """Where it can be gone on with, and afterwards its report."""
        return super().address if self.ongoing else address_of("upload-report", self.project_id, self.pk)

    @property
    def remark(self) -> Remark | None:
        if self.interrupted:
            return Remark("warning", _("Paused") if self.paused else _("Paused or broken off"))
        said = super().remark
        not_sent = self.status == JobStatus.COMPLETED and self.error
        return Remark("warning", _("Not all sent")) if not_sent and (said is None or said.tone != "danger") else said

    def known(self, marks: Iterable[FileMark]) -> dict[str, UploadedFile]:
        """Those of these files that have arrived, by the key of their mark."""
        return {each.key: each for each in self.arrivals.filter(key__in=[mark.key for mark in marks])}

    def require_open(self) -> None:
        """Raises Conflict when somebody has cancelled it."""
        if self.status not in (JobStatus.RUNNING, JobStatus.COMPLETED):
            raise Conflict(_("This upload was cancelled."), "cancelled")

    def receive(self, files: Sequence[Received]) -> None:
        """Note what has arrived, in the transaction that made images of it; what was noted before counts once.

        Raises:
            Conflict: somebody has cancelled it meanwhile; the transaction must be undone.
        """
        with transaction.atomic():
            row = Upload.objects.select_for_update().get(pk=self.pk)
            row.require_open()
            before = row.known(each.mark for each in files)
            fresh = list({each.mark.key: each for each in files if each.mark.key not in before}.values())
            UploadedFile.objects.bulk_create(
                UploadedFile(
                    upload=row, key=each.mark.key, path=each.mark.path, status=each.status, image=each.image,
                    reason=each.reason, archive=each.archive,
                )
                for each in fresh
            )  # fmt: skip
            row._count(fresh)
        self.refresh_from_db()

    def finish(self) -> None:
        """The page has nothing more to send: what has not arrived will not come."""
        with transaction.atomic():
            row = Upload.objects.select_for_update().get(pk=self.pk)
            row.require_open()
            row._end()
        self.refresh_from_db()

    def enqueue(self) -> None:
        """Nothing: a page does the work."""

    def retry(self) -> bool:
        """Open a cancelled upload again; the person's page offers to go on with it."""
        ended = [JobStatus.FAILED, JobStatus.CANCELLED]
        idle = self.idle_seconds + self.silence
        fields = self.heard() | {"status": JobStatus.RUNNING, "error": "", "finished_at": None, "idle_seconds": idle}
        changed = Upload.objects.filter(pk=self.pk, status__in=ended).update(**fields)
        self._set(fields if changed else {})
        return bool(changed)

    def cancel(self) -> bool:
        changed = super().cancel()
        if changed:
            self.drop_parts()
        return changed

    def rescue(self) -> None:
        """Give up what nobody has gone on with for days."""
        error = _("Nobody went on with it for {days} days.").format(days=settings.UPLOAD_DAYS)
        fields = {"status": JobStatus.CANCELLED, "error": error, "finished_at": timezone.now()}
        if Upload.objects.lost().filter(pk=self.pk).update(**fields):
            self.drop_parts()

    def discard(self) -> None:
        self.drop_parts()
        self.delete()

    def drop_parts(self) -> None:
        """Give up the large files that are not whole; one that is being written to just now is left to the sweep.

        The last one to arrive ends the upload while images are made of it: its bytes may have been moved away by then.
        """
        for part in self.parts.unfinished().filter(whole=False):
            with suppress(Conflict):
                part.discard()

    def _count(self, fresh: Sequence[Received]) -> None:
        statuses = Counter(each.status for each in fresh if each.archive is None)
        self.arrived += len(fresh)
        self.arrived_bytes += sum(each.mark.size_bytes for each in fresh)
        self._set(self.count(statuses) | self.heard())
        share = self.arrived_bytes / self.size_bytes if self.size_bytes else self.arrived / max(1, self.files)
        self.progress = min(1.0, share)
        self.save(update_fields=[
            "arrived", "arrived_bytes", "added", "duplicate", "refused", "heartbeat_at", "idle_seconds", "paused",
            "progress",
        ])  # fmt: skip
        if self.arrived >= self.files or self.status == JobStatus.COMPLETED:
            self._end()

    def _end(self) -> None:
        missing = max(0, self.files - self.arrived)
        self.error = ""
        if missing:
            text = ngettext("{count} file was not sent.", "{count} files were not sent.", missing)
            self.error = text.format(count=missing)
        if self.status != JobStatus.COMPLETED:
            AuditEntry.objects.note(self.created_by, "upload.completed", target=self, images=self.added)
        self.status, self.progress, self.finished_at = JobStatus.COMPLETED, 1.0, timezone.now()
        self.save(update_fields=["status", "progress", "finished_at", "error"])
        transaction.on_commit(self.drop_parts, robust=True)


def days_ago():
    return timezone.now() - timedelta(days=settings.UPLOAD_DAYS)


def forget_arrivals() -> None:
    """What arrived in uploads that ended long ago is asked for by nobody any more."""
    UploadedFile.objects.filter(upload__finished_at__lt=days_ago()).delete()
