from django.db import models


class Epoch(models.Model):
    """What one epoch of a run ended with."""

    run = models.ForeignKey("training.Run", on_delete=models.CASCADE, related_name="epoch_rows")
    number = models.PositiveIntegerField()
    metrics = models.JSONField(default=dict)
    learning_rate = models.FloatField(null=True)
    seconds = models.FloatField(null=True)
    images_per_second = models.FloatField(null=True)
    statistics = models.JSONField(default=list)  # by group of layers: weights, gradients, update, verdict
    best = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="epoch_once_per_run")]
