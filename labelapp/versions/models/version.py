from pathlib import Path
from typing import Any, Self

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labelapp.annotations.models import Annotation
from labelapp.images.models import Leftover
from labelapp.lib import stored
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, ClassChange, Job, JobStatus, Project
from labelapp.projects.models.job import JobQuerySet

MANIFEST, INDEX, DESCRIPTION = "manifest.parquet", "index.parquet", "version.json"


class GroupBy(models.TextChoices):
    NONE = "none", gettext_lazy("Nothing")
    GROUP = "group", gettext_lazy("Groups of images")
    FOLDER = "folder", gettext_lazy("Folders")


class VersionQuerySet(JobQuerySet):
    def freeze(self, project: Project, author, **choices: Any) -> "Version":
        """Take the project's next number and queue the freezing; 409 while the classes of annotations are changing."""
        with transaction.atomic():
            refuse_changing(project)
            version = Version(project=project, created_by=author, number=project.take_number("version"), **choices)
            version.save(force_insert=True)
            version.enqueue()
            AuditEntry.objects.note(author, "version.frozen", target=version)
        return version

    def preview(self, project: Project, filters: dict[str, Any]) -> dict[str, int]:
        """How many images and annotations a version of these filters would hold now."""
        from labelapp.versions.content import selected_images

        images = selected_images(project, filters)
        annotations = Annotation.objects.filter(image__in=images.order_by().values("pk"))
        return {"images": images.count(), "annotations": annotations.count()}

    def completed(self) -> Self:
        return self.filter(status=JobStatus.COMPLETED)


def refuse_changing(project: Project) -> None:
    """Lock the project; 409 while the classes of annotations are changing: a version would hold half of it."""
    project.lock()
    if changing := ClassChange.objects.filter(project=project).unfinished().first():
        message = _("The classes are being changed just now: {title}. Freeze when it has ended.")
        raise Conflict(message.format(title=changing.title))


class Version(Job):
    """An immutable, numbered, hashed snapshot: which images, which annotations, which split."""

    task = "labelapp.versions.tasks.freeze_version"
    page, page_of_one = "version", True
    unlisted = ("filters", "split", "counts", "statistics")

    number = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    filters = models.JSONField(default=dict)
    split = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=0)
    stratify = models.BooleanField(default=True)
    group_by = models.CharField(max_length=16, choices=GroupBy, default=GroupBy.GROUP)
    hash = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    statistics = models.JSONField(default=dict)
    size_bytes = models.BigIntegerField(default=0)  # of its manifest and index

    objects = VersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="version_number_once_per_project")]

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def title(self) -> str:
        return _("Freezing version {number}").format(number=self.number)

    @property
    def folder(self) -> str:
        """Where manifest.parquet and version.json lie in the default storage: every attempt has its own."""
        return f"versions/{self.pk}/{self.lease}" if self.lease else f"versions/{self.pk}"

    @property
    def previous(self) -> "Version | None":
        """The last completed version before this one."""
        earlier = Version.objects.completed().filter(project=self.project_id, number__lt=self.number)
        return earlier.order_by("-number").first()

    def work(self) -> None:
        from labelapp.versions.freezing import Freezing

        Freezing(self).perform()

    def retry(self) -> bool:
        """
        Raises:
            Conflict: the classes of annotations are changing.
        """
        with transaction.atomic():
            refuse_changing(self.project)
            return super().retry()

    def annotate(self, note: str) -> None:
        """The note is the only thing about a version that may change."""
        self.note = note
        self.save(update_fields=["note"])

    def contents(self) -> set[str]:
        """SHA-256 of every image in it; none where the folder is not there."""
        import pyarrow.parquet as pq

        try:
            with default_storage.open(f"{self.folder}/{MANIFEST}") as file:
                return set(pq.read_table(file, columns=["sha256"]).column("sha256").to_pylist())
        except FileNotFoundError:
            return set()

    def sizes(self, split: str) -> list[tuple[int, int]]:
        """Width and height of every image of a split; none where the folder is not there."""
        import pyarrow.parquet as pq

        try:
            with default_storage.open(f"{self.folder}/{MANIFEST}") as file:
                table = pq.read_table(file, columns=["width", "height"], filters=[("split", "=", split)])
        except FileNotFoundError:
            return []
        return list(zip(table["width"].to_pylist(), table["height"].to_pylist(), strict=True))

    def discard(self) -> None:
        """
        Raises:
            Conflict: a run was trained on it.
        """
        try:
            with transaction.atomic():
                folder, contents = self.folder, self.contents()
                self.delete()
                Leftover.objects.note(contents)
        except models.ProtectedError:
            raise Conflict(_("A training run uses this version. Delete the run first."), "in_use") from None
        transaction.on_commit(lambda: stored.remove_folder(folder))

    def materialise(self, folder: str | Path) -> tuple[Path, Path]:
        """Make the version and its originals readable on this machine; safe to call again and at the same time.

        Args:
            folder: cache for what has to be downloaded; not used when the storage is a local disk.

        Returns:
            The folder of manifest.parquet and version.json, and the folder in which an original lies under
            ``<first two digits of its SHA-256>/<SHA-256>``.
        """
        from labelapp.versions.materialising import materialise

        return materialise(self, Path(folder))

    def changes_since(self, other: "Version") -> dict[str, Any]:
        """What became different from ``other`` to this one."""
        from labelapp.versions.comparison import compare

        return compare(other, self)
