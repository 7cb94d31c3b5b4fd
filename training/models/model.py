from pathlib import Path
from typing import Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

# Download format -> file of the result folder.
FILES = {"keras": "model.keras"}


class ModelQuerySet(models.QuerySet["Model"]):
    def visible_to(self, user) -> Self:
        return self.filter(project__memberships__user=user)


class Model(models.Model):
    """The exportable result of a run, with its card."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="models")
    run = models.OneToOneField("training.Run", on_delete=models.CASCADE, related_name="model")
    name = models.CharField(max_length=200)
    task = models.CharField(max_length=32)
    card = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ModelQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def formats(self) -> list[str]:
        return list(FILES)

    def stored_file(self, format: str) -> str:
        """Name in the default storage; KeyError for a format that there is none of."""
        return f"{self.run.result_folder}/{FILES[format]}"

    def local_file(self, format: str) -> Path:
        """The file as a path on this machine."""
        from training.specs import local_copy

        return local_copy(self.stored_file(format), Path(settings.CACHE_DIR))

    def size_bytes(self, format: str) -> int:
        return default_storage.size(self.stored_file(format))

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])
