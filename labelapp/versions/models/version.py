from django.db import models

from labelapp.projects.models import Job


class Version(Job):
    """An immutable, numbered, hashed snapshot: which images, which annotations, which split."""

    task = "labelapp.versions.tasks.freeze_version"

    number = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    filters = models.JSONField(default=dict)
    split = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=0)
    stratify = models.BooleanField(default=True)
    group_by = models.CharField(max_length=16, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    statistics = models.JSONField(default=dict)

    class Meta(Job.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="version_number_once_per_project")]

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def folder(self) -> str:
        """Where manifest.parquet and version.json lie in the default storage."""
        return f"versions/{self.pk}"
