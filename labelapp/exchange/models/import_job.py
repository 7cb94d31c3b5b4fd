from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.lib.sizes import readable_count
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, Job, JobStatus, Project
from labelapp.projects.models.job import JobQuerySet
from labelapp.projects.models.remark import Remark


class ImportQuerySet(JobQuerySet):
    def start(self, project: Project, author, file: UploadedFile, **choices: Any) -> "Import":
        with transaction.atomic():
            name = (file.name or "labels.csv")[-1000:]
            job = Import(project=project, created_by=author, file=file, name=name, **choices)
            job.save(force_insert=True)
            job.enqueue()
            AuditEntry.objects.note(author, "import.started", target=job, dry_run=job.dry_run)
        return job


class Import(Job):
    """Labels from a file: first a dry run that reports what would change, then the change itself."""

    task = "labelapp.exchange.tasks.perform_import"
    page = "exchange"
    unlisted = ("findings",)

    format = models.CharField(max_length=32, default="auto")
    file = models.FileField(upload_to="imports/", max_length=300)
    name = models.CharField(max_length=1000)
    dry_run = models.BooleanField(default=True)
    # Rows of images that the project does not have: passed over, or errors.
    skip_missing = models.BooleanField(default=False)
    # Rows with errors are left out; without it they let nothing be changed.
    leave_out_errors = models.BooleanField(default=False)
    # Labels of the named images that the file does not have are removed; None: when the file is complete.
    replace = models.BooleanField(null=True)
    findings = models.JSONField(default=dict)  # the report that the API shows
    # Of that, what a list tells without reading it.
    error_count = models.PositiveIntegerField(default=0)
    images_changed = models.PositiveIntegerField(default=0)
    # What the dry run has seen: revisions of the images it matched. Labels that changed since refuse the apply.
    plan = models.FileField(upload_to="imports/", max_length=300, blank=True)
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()  # type: ignore[misc]

    @property
    def applicable(self) -> bool:
        """The dry run is done, found no error, and was not applied."""
        return self._waits and not self.error_count

    @property
    def partly_applicable(self) -> bool:
        """As ``applicable``, but for rows with errors: the others can be applied.

        Not where labels would be removed that the file does not have: it might have them, in rows with errors.
        """
        return self._waits and self.error_count > 0 and self.images_changed > 0 and self._good_without_errors

    @property
    def _waits(self) -> bool:
        return self.status == JobStatus.COMPLETED and self.applied_at is None and bool(self.findings)

    @property
    def _good_without_errors(self) -> bool:
        return not self.findings.get("unreadable", True) and not self.findings["annotations"]["removed"]

    @classmethod
    def failures(cls) -> models.Q:
        """Also those of which errors in the file let nothing happen."""
        return super().failures() | models.Q(status=JobStatus.COMPLETED, error_count__gt=0, applied_at=None)

    @property
    def reason(self) -> str:
        if not self.has_errors:
            return super().reason
        text = ngettext(
            "{count} error in the file: nothing was changed. The report says what to correct.",
            "{count} errors in the file: nothing was changed. The report says what to correct.",
            self.error_count,
        )
        return text.format(count=readable_count(self.error_count))

    @property
    def has_errors(self) -> bool:
        return self.status == JobStatus.COMPLETED and self.error_count > 0 and self.applied_at is None

    @property
    def remark(self) -> Remark | None:
        if self.status != JobStatus.COMPLETED:
            return None
        if self.has_errors:
            return Remark("danger", _("Has errors"))
        if self.applied_at:
            return None
        return (
            Remark("warning", _("Waits for you: Apply"))
            if self.images_changed
            else Remark("muted", _("Nothing would change"))
        )

    @property
    def summary(self) -> str:
        if self.status != JobStatus.COMPLETED or self.has_errors or not self.images_changed:
            return ""
        count = self.images_changed
        text = (
            ngettext("{count} image was changed", "{count} images were changed", count)
            if self.applied_at
            else ngettext("{count} image would change", "{count} images would change", count)
        )
        return text.format(count=readable_count(count))

    @property
    def address(self) -> str:
        """Its report."""
        return f"{super().address}#import-{self.pk}"

    def work(self) -> None:
        from labelapp.exchange.applying import Applying
        from labelapp.exchange.dry_run import DryRun

        if not self.findings:
            DryRun(self).perform()
        if not self.dry_run and (not self.error_count or (self.leave_out_errors and self._good_without_errors)):
            Applying(self).perform()
            self.applied_at = timezone.now()
            self.save(update_fields=["applied_at"])

    def apply(self, leave_out_errors: bool = False) -> None:
        """Queue doing what the dry run has shown.

        Raises:
            Conflict: it cannot be, or is no longer, what the dry run has shown.
        """
        from labelapp.exchange.plan import Plan

        if self.applied_at or not self.dry_run:
            raise Conflict(_("This import was applied already."))
        if self.status != JobStatus.COMPLETED:
            raise Conflict(_("The dry run has to be completed first."))
        leave_out_errors = leave_out_errors or self.leave_out_errors
        if self.error_count and not (leave_out_errors and self.partly_applicable):
            raise Conflict(_("The file has errors. Correct them and import it again."))
        if Plan.load(self).outdated():
            raise Conflict(_("Labels have changed since the dry run. Do a new dry run and look at it."), "stale")
        fields = {
            "dry_run": False, "status": JobStatus.QUEUED, "progress": 0.0, "attempts": 0, "started_at": None,
            "finished_at": None, "heartbeat_at": timezone.now(), "leave_out_errors": leave_out_errors,
        }  # fmt: skip
        ready = Import.objects.filter(pk=self.pk, status=JobStatus.COMPLETED, dry_run=True)
        with transaction.atomic():
            if ready.update(**fields) != 1:
                raise Conflict(_("This import was applied already."))
            self._set(fields)
            self.enqueue()

    def retry(self) -> bool:
        """Also a dry run of which nothing was applied: by now it may find something else."""
        if super().retry():
            return True
        before = self.plan.name
        unapplied = Import.objects.filter(status=JobStatus.COMPLETED, dry_run=True, applied_at=None)
        again = self._again(unapplied, findings={}, error_count=0, images_changed=0, plan="")
        if again and before:
            transaction.on_commit(lambda: default_storage.delete(before))
        return again

    @property
    def title(self) -> str:
        return _("Import of {name}").format(name=self.name)

    def discard(self) -> None:
        names = [file.name for file in (self.file, self.plan) if file.name]
        self.delete()

        def remove() -> None:
            for name in names:
                default_storage.delete(name)

        transaction.on_commit(remove)
