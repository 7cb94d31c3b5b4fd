import re
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.formats.registry import FORMATS
from labelapp.projects.models import AuditEntry, Job, JobStatus, Project
from labelapp.projects.models.job import JobQuerySet

LINK_SALT = "labelapp.exchange.export"


class ExportQuerySet(JobQuerySet):
    def start(self, project: Project, author, **choices: Any) -> "Export":
        with transaction.atomic():
            export = Export(project=project, created_by=author, **choices)
            export.save(force_insert=True)
            export.enqueue()
            AuditEntry.objects.note(author, "export.started", target=export, with_images=export.with_images)
        return export


class Export(Job):
    """Labels, and the images if wanted, written to one file that is kept until somebody deletes it."""

    task = "labelapp.exchange.tasks.perform_export"
    page = "exchange"
    unlisted = ("filters",)

    format = models.CharField(max_length=32)
    filters = models.JSONField(default=dict)
    with_images = models.BooleanField(default=False)
    file = models.FileField(upload_to="exports/", max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    images = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)

    objects = ExportQuerySet.as_manager()  # type: ignore[misc]

    @property
    def file_name(self) -> str:
        """What the file is called on the disk of the person who downloads it."""
        name = re.sub(r"[^\w-]+", "-", self.project.name)[:60].strip("-")
        suffix = ".zip" if self.with_images else FORMATS[self.format].suffix
        return f"{name or 'project'}-{self.format}-{self.pk}{suffix}"

    def work(self) -> None:
        from labelapp.exchange.exporting import Exporting

        Exporting(self).perform()

    def link_key(self, user) -> str:
        """Proof that this person may download this export for the next EXPORT_LINK_SECONDS."""
        return signing.dumps({"export": self.pk, "user": user.pk}, salt=LINK_SALT)

    def opens_with(self, key: str, user) -> bool:
        """
        Raises:
            SignatureExpired: the link was good once.
        """
        try:
            proof = signing.loads(key, salt=LINK_SALT, max_age=settings.EXPORT_LINK_SECONDS)
        except signing.SignatureExpired:
            raise
        except signing.BadSignature:
            return False
        return proof == {"export": self.pk, "user": user.pk}

    @property
    def title(self) -> str:
        return _("Export, {format}").format(format=_(FORMATS[self.format].title))

    def open_to(self, user, role_allows: bool) -> bool:
        return role_allows or user.pk == self.created_by_id

    def discard(self) -> None:
        name = self.file.name
        self.delete()
        if name:
            transaction.on_commit(lambda: default_storage.delete(name))

    @property
    def downloadable(self) -> bool:
        return self.status == JobStatus.COMPLETED and bool(self.file)
