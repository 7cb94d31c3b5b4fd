from django.db import models
from django.utils import timezone


class Worker(models.Model):
    """A Celery process on a node; it announces its CPUs, GPUs and memory every few seconds."""

    name = models.CharField(max_length=200, unique=True)
    queues = models.JSONField(default=list)
    cpus = models.PositiveIntegerField(default=1)
    memory_bytes = models.BigIntegerField(default=0)
    gpus = models.JSONField(default=list)
    usage = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
