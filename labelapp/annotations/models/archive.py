from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.images.decoding import Refused
from labelapp.images.models import Bringing, Upload
from labelapp.projects.addresses import address_of
from labelapp.projects.models import AuditEntry, JobStatus
from labelapp.projects.models.job import JobFailure, JobQuerySet
from labelapp.projects.space import Space, disk_refusal


class ArchiveQuerySet(JobQuerySet):
    def open(
        self,
        project,
        user,
        name: str,
        file: File,
        class_from: str,
        note: Callable[["Archive"], None] = lambda _row: None,
    ) -> "Archive":
        """Keep a ZIP and have it unpacked; raises Refused, and keeps nothing, when its directory is not harmless.

        Args:
            note: writes down with whom it came, in the transaction before a worker may have it; where it raises,
                nothing is kept either.
        """
        from labelapp.annotations.zips import Zip

        if refusal := Space(project).refusal(Zip(file).unpacked_bytes):
            raise Refused(str(refusal.detail))
        file.seek(0)
        archive = Archive(project=project, created_by=user, name=name, class_from=class_from)
        archive.file.save("archive.zip", file, save=False)
        try:
            with transaction.atomic():
                archive.save(force_insert=True)
                note(archive)
                archive.enqueue()
        except Exception:
            archive.file.delete(save=False)
            raise
        return archive


class Archive(Bringing):
    """A ZIP of images that is being unpacked; ``results`` has one entry per member, as the upload's report."""

    task = "labelapp.annotations.tasks.unpack_archive"
    unlisted = ("results",)
    # The report is written again with each batch, so batches grow with it.
    smallest_batch = 50
    largest_batch = 2000

    name = models.CharField(max_length=1000)
    file = models.FileField(upload_to="archives/", max_length=300)
    class_from = models.CharField(max_length=16, default="none")
    results = models.JSONField(default=list)

    objects = ArchiveQuerySet.as_manager()  # type: ignore[misc]

    @property
    def title(self) -> str:
        return _("Unpacking {name}").format(name=self.name)

    @property
    def address(self) -> str:
        """Its report."""
        return address_of("archive-report", self.project_id, self.pk)

    def perform(self) -> None:
        """The file goes last: a worker that dies before the end is followed by one that still has it."""
        super().perform()
        if self.status == JobStatus.COMPLETED:
            self.file.delete(save=False)

    def work(self) -> None:
        from labelapp.annotations.zips import Zip

        try:
            with self.file.open() as file:
                self._unpack(Zip(file))
        except Refused as refusal:
            raise JobFailure(str(refusal)) from refusal
        except FileNotFoundError as error:
            raise JobFailure(_("The ZIP is not there any more; upload it again.")) from error
        AuditEntry.objects.note(self.created_by, "archive.unpacked", target=self, images=self.added)

    def discard(self) -> None:
        name = self.file.name
        self.delete()
        if name:
            transaction.on_commit(lambda: default_storage.delete(name))

    def _unpack(self, opened) -> None:
        """Read members after those that are in the report already: a worker that died is followed by another."""
        from labelapp.annotations.uploads import admit

        count = len(opened.members)
        while len(self.results) < count:
            done = len(self.results)
            size = min(max(done // 4, self.smallest_batch), self.largest_batch)
            arrivals = []
            if refusal := disk_refusal(sum(each.file_size for each in opened.members[done : done + size])):
                raise JobFailure(str(refusal.detail))
            for member in opened.members[done : done + size]:
                arrivals.append(opened.read(member))
                if len(arrivals) % self.smallest_batch == 0:
                    self.report((done + len(arrivals)) / count)
            with transaction.atomic():
                outcomes = admit(self.project, self.created_by, arrivals, self.class_from)
                results = [*self.results, *map(asdict, outcomes)]
                statuses = Counter(each.status for each in outcomes)
                self.report(len(results) / count, results=results, **self.count(statuses))
                if len(results) == count:
                    Upload.objects.unpacked(self.pk, self.count({}))
