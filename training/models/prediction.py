from django.db import models

from labelapp.projects.models import Job


class Prediction(Job):
    """Auto-label: a model predicts a set of images; suggestions appear on them."""

    task = "training.tasks.predict"

    model = models.ForeignKey("training.Model", on_delete=models.CASCADE, related_name="predictions")
    filters = models.JSONField(default=dict)
    threshold = models.FloatField(default=0.0)
    counts = models.JSONField(default=dict)  # images, suggestions, failed
