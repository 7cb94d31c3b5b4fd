from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.projects.errors import Conflict
from labelapp.projects.models.job import UNFINISHED as JOB_UNFINISHED
from labelapp.projects.models.membership import in_projects_of
from training.engine.answers import ANSWERS
from training.engine.export.formats import FORMATS
from training.models.run_states import UNFINISHED

if TYPE_CHECKING:
    from training.models import ModelExport

# Download format -> file of the result folder.
FILES = {"keras": "model.keras"}


class ModelQuerySet(models.QuerySet["Model"]):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))


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
    def answers(self) -> str:
        """What kind of answer it gives: tags, things or pixels."""
        return ANSWERS[self.task]

    @property
    def least_score(self) -> float:
        """From which score on an answer counts: a detector tells of hundreds of things that it hardly believes in."""
        return float(self.card.get("settings", {}).get("threshold", 0)) if self.answers == "things" else 0.0

    @property
    def explains(self) -> bool:
        """Whether it can be asked where it sees a class: others say places already."""
        return self.answers == "tags"

    @property
    def formats(self) -> list[str]:
        return [*FILES, *self._exported]

    @property
    def _exported(self) -> "dict[str, ModelExport]":
        """What it has been exported to."""
        return {each.kind: each for each in self.exports.all() if each.downloadable}

    def stored_file(self, format: str) -> str:
        """Name in the default storage; KeyError for a format that there is none of."""
        if format in FILES:
            return f"{self.run.result_folder}/{FILES[format]}"
        return self._exported[format].file

    def local_file(self, format: str) -> Path:
        """The file as a path on this machine."""
        from training.specs import local_copy

        return local_copy(self.stored_file(format), Path(settings.CACHE_DIR), changes=True)

    def answering_file(self) -> Path:
        """Of what decides as the model does and runs on this machine, the fastest; the model itself where none is."""
        faster = [each for each in self._exported.values() if each.gain > 1 and not FORMATS[each.format].missing]
        for export in sorted(faster, key=lambda each: -each.gain):
            if default_storage.exists(export.file):
                return self.local_file(export.kind)
        return self.local_file("keras")

    def discard(self) -> None:
        """Delete the model and its files; its run stays, with its figures.

        Raises:
            Conflict: a run or prediction that has not ended uses it.
        """
        with transaction.atomic():
            self.refuse_if_used()
            for name in [self.stored_file(format) for format in self.formats]:
                transaction.on_commit(partial(default_storage.delete, name))
            self.delete()

    def refuse_if_used(self) -> None:
        from training.models import Prediction, Run

        used = Prediction.objects.filter(model=self, status__in=JOB_UNFINISHED).exists()
        used = used or Run.objects.filter(
            project=self.project_id, status__in=UNFINISHED, spec__weights__model=self.pk
        ).exists()  # fmt: skip
        if used:
            raise Conflict(_("A run or prediction that has not ended uses this model."), "in_use")

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])
