from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

DAYS_REMEMBERED = 7
TRAIN = "train"  # the queue of runs


class WorkerKind(models.TextChoices):
    WORKER = "worker"
    BEAT = "beat"


class WorkerQuerySet(models.QuerySet["Worker"]):
    def announce(self, name: str, **facts: Any) -> "Worker":
        worker, _created = self.update_or_create(
            name=name, defaults=facts | {"seen_at": timezone.now(), "ended_at": None}
        )
        return worker

    def part(self, name: str) -> None:
        """It ends as it was asked to: nobody need look for it."""
        self.filter(name=name).update(ended_at=timezone.now(), doing=[])

    def forget_the_old(self) -> None:
        """A container has a new name after each start: the old ones would pile up."""
        self.filter(seen_at__lt=timezone.now() - timedelta(days=DAYS_REMEMBERED)).delete()

    def workers(self) -> Self:
        return self.filter(kind=WorkerKind.WORKER)

    def training(self) -> list["Worker"]:
        """Those that live and take runs."""
        return [worker for worker in self.workers() if worker.alive and TRAIN in worker.queues]

    def training_nodes(self) -> list[str]:
        return sorted({worker.node for worker in self.training()})

    def beats(self) -> Self:
        return self.filter(kind=WorkerKind.BEAT)


class Worker(models.Model):
    """A Celery process on a node, beat too; it announces every few seconds what it has and what it does."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=16, choices=WorkerKind, default=WorkerKind.WORKER)
    node = models.CharField(max_length=200, blank=True)
    pid = models.PositiveIntegerField(default=0)
    queues = models.JSONField(default=list)
    cpus = models.PositiveIntegerField(default=1)
    memory_bytes = models.BigIntegerField(default=0)
    gpus = models.JSONField(default=list)
    usage = models.JSONField(default=dict)
    doing = models.JSONField(default=list)  # task, id, argument, since (seconds since 1970)
    version = models.CharField(max_length=32, blank=True)  # of LabelApp: nodes are not all upgraded at once
    clock_offset = models.FloatField(null=True)  # seconds by which the node's clock is ahead of Redis'
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)  # of one that was asked to end; one that died has none

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def silence(self) -> float:
        """Seconds since it was heard of."""
        return (timezone.now() - self.seen_at).total_seconds()

    @property
    def alive(self) -> bool:
        return self.ended_at is None and self.silence < settings.JOB_LOST_SECONDS
