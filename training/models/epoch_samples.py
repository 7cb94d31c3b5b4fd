from typing import Any

from django.db import models

MOST_EPOCHS = 30


class EpochSamplesQuerySet(models.QuerySet["EpochSamples"]):
    def keep(self, run, number: int, images: list[dict[str, Any]]) -> None:
        """Note what an epoch says, and thin the course: of long runs every second epoch stays, then every fourth."""
        fields = {"agreements": [each["agreement"] for each in images], "images": images}
        self.update_or_create(run=run, number=number, defaults=fields)
        step = 1
        while number // step > MOST_EPOCHS:
            step *= 2
        others = self.filter(run=run, number__lt=number).exclude(number=1)
        others.annotate(rest=models.F("number") % step).exclude(rest=0).delete()


class EpochSamples(models.Model):
    """What a run has said of its few sample images after an epoch; the last and some of those before are kept."""

    run = models.ForeignKey("training.Run", on_delete=models.CASCADE, related_name="samples")
    number = models.PositiveIntegerField()
    agreements = models.JSONField(default=list)  # of each image, 0 to 1: the course without the drawings
    images = models.JSONField(default=list)  # as the engine's event has them
    created_at = models.DateTimeField(auto_now=True)

    objects = EpochSamplesQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="samples_once_per_epoch")]
