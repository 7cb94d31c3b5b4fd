from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.lib.sizes import readable_bytes
from labelapp.projects.addresses import address_of
from labelapp.projects.models import AuditEntry, Job, JobStatus
from labelapp.projects.models.job import RETRIABLE, JobQuerySet
from training.engine.export.formats import FORMATS, variant

AGREES = 0.999  # share of decisions from which on an export may answer in place of its model


class ModelExportQuerySet(JobQuerySet):
    def start(self, model, user, format: str, int8: bool) -> "ModelExport":
        """The export of that kind: a new one, one that is tried again, or what there is already."""
        with transaction.atomic():
            fields = {"project_id": model.project_id, "created_by": user}
            export, made = ModelExport.objects.get_or_create(model=model, format=format, int8=int8, defaults=fields)
            if made:
                export.enqueue()
            if made or (export.status in RETRIABLE and export.retry()):
                AuditEntry.objects.note(user, "modelexport.started", target=export)
        return export


class ModelExport(Job):
    """A model in another format: an archive that is kept until somebody deletes it, or its model."""

    task = "training.tasks.export_model"
    unlisted = ("comparison",)

    model = models.ForeignKey("training.Model", on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=32)
    int8 = models.BooleanField(default=False)
    file = models.CharField(max_length=300, blank=True)  # name in the default storage
    comparison = models.JSONField(default=dict)  # with the model itself, as the engine tells it
    size_bytes = models.BigIntegerField(default=0)

    objects = ModelExportQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        constraints = [models.UniqueConstraint(fields=["model", "format", "int8"], name="one_export_of_each_kind")]

    @property
    def kind(self) -> str:
        """What its download is called by."""
        return variant(self.format, self.int8)

    @property
    def title(self) -> str:
        name = f"{FORMATS[self.format].title} int8" if self.int8 else FORMATS[self.format].title
        return _("{model} as {format}").format(model=self.model.name, format=name)

    @property
    def summary(self) -> str:
        return readable_bytes(self.size_bytes) if self.downloadable else ""

    @property
    def address(self) -> str:
        return address_of("model", self.model_id)

    @property
    def api_address(self) -> str:
        return f"/api/models/{self.model_id}/exports/{self.pk}/"

    @property
    def downloadable(self) -> bool:
        return self.status == JobStatus.COMPLETED and bool(self.file)

    @property
    def gain(self) -> float:
        """How many times as fast as its model it was, in batches; 0 where it does not decide alike."""
        if not self.downloadable or self.comparison["agreement"] < AGREES:
            return 0.0
        model, export = self.comparison["batch_per_second"]
        return export / model

    @classmethod
    def listed(cls, project) -> Any:
        return super().listed(project).select_related("model").defer("model__card")

    def work(self) -> None:
        from training.model_exporting import ModelExporting

        ModelExporting(self).perform()

    def discard(self) -> None:
        """Delete it and its file; one that is being made ends."""
        name = self.file
        with transaction.atomic():
            self.delete()
            if name:
                transaction.on_commit(lambda: default_storage.delete(name))
