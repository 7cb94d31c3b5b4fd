from django.db import models

from labelapp.projects.models import Job


class Export(Job):
    task = "labelapp.exchange.tasks.perform_export"

    format = models.CharField(max_length=32)
    filters = models.JSONField(default=dict)
    with_images = models.BooleanField(default=False)
    file = models.FileField(upload_to="exports/", max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
