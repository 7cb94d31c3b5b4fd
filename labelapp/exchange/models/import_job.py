from django.db import models

from labelapp.projects.models import Job


class Import(Job):
    task = "labelapp.exchange.tasks.perform_import"

    format = models.CharField(max_length=32, default="auto")
    file = models.FileField(upload_to="imports/", max_length=300)
    name = models.CharField(max_length=1000)
    dry_run = models.BooleanField(default=True)
    report = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
