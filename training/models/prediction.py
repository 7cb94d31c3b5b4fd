from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.projects.models import AuditEntry, Job
from labelapp.projects.models.job import JobQuerySet


class PredictionQuerySet(JobQuerySet):
    def start(self, project, user, model, filters: dict[str, Any], threshold: float) -> "Prediction":
        with transaction.atomic():
            prediction = Prediction(project=project, created_by=user, model=model, filters=filters, threshold=threshold)
            prediction.save(force_insert=True)
            prediction.enqueue()
            AuditEntry.objects.note(user, "prediction.started", target=prediction, threshold=threshold)
        return prediction


class Prediction(Job):
    """Auto-label: a model predicts a set of images; suggestions appear on them."""

    task = "training.tasks.predict"
    page = "models"
    unlisted = ("filters", "counts")

    model = models.ForeignKey("training.Model", on_delete=models.CASCADE, related_name="predictions")
    filters = models.JSONField(default=dict)
    threshold = models.FloatField(default=0.0)  # 0 to 1: what scores less is not suggested
    counts = models.JSONField(default=dict)  # images, suggestions, failed

    objects = PredictionQuerySet.as_manager()  # type: ignore[misc]

    @property
    def title(self) -> str:
        return _("Auto-label with {model}").format(model=self.model.name)

    @classmethod
    def listed(cls, project) -> Any:
        return super().listed(project).select_related("model").defer("model__card")

    def work(self) -> None:
        from training.prediction import Predicting

        Predicting(self).perform()
