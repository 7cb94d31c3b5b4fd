from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class WorkerQuerySet(models.QuerySet["Worker"]):
    def announce(self, name: str, **facts: Any) -> "Worker":
        worker, _created = self.update_or_create(name=name, defaults=facts | {"seen_at": timezone.now()})
        return worker


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

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def alive(self) -> bool:
        return (timezone.now() - self.seen_at).total_seconds() < settings.JOB_LOST_SECONDS
