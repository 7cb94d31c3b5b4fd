from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MOST_SECONDS = 300  # that measuring one preset may take; a worker that has been at it for longer has died
DAYS_REMEMBERED = 30


def abandoned() -> Q:
    return Q(begun_at__lt=timezone.now() - timedelta(seconds=MOST_SECONDS + 60))


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def ask(self, node: str, pairs: Iterable[tuple[str, str]]) -> list["Measurement"]:
        """Put presets, each with its task, at the end of what a node is to measure; what it knows stays till then."""
        asked = []
        for preset, task in pairs:
            row, _created = self.get_or_create(node=node, preset=preset, task=task)
            self.filter(pk=row.pk, asked_at=None).update(asked_at=timezone.now())
            asked.append(row.pk)
        return list(self.filter(pk__in=asked))

    def withdraw(self) -> int:
        """Measure none of these; one that is being measured ends within a second."""
        return self.filter(asked_at__isnull=False).update(asked_at=None)

    def waiting(self) -> Self:
        """What is to be measured, in the order in which it was asked for."""
        free = Q(begun_at=None) | abandoned()
        return self.filter(free, asked_at__isnull=False).order_by("asked_at", "pk")

    def known(self) -> Self:
        return self.filter(measured_at__isnull=False)

    def forget_the_old(self) -> None:
        """Of nodes that are gone: one that lives measures anew, whenever its engine is another."""
        self.filter(measured_at__lt=timezone.now() - timedelta(days=DAYS_REMEMBERED), asked_at=None).delete()


class Measurement(models.Model):
    """How fast a node trains a preset and predicts with it; ``asked_at``: it is to be measured, ``begun_at``: it is."""

    node = models.CharField(max_length=200)
    preset = models.CharField(max_length=64)
    task = models.CharField(max_length=32)
    engine = models.CharField(max_length=64, blank=True)  # fingerprint of the code that was measured
    device = models.CharField(max_length=200, blank=True)
    edge = models.PositiveIntegerField(default=0)  # of the square input, in pixels
    batch_size = models.PositiveIntegerField(default=0)
    train_speed = models.FloatField(default=0)  # images a second
    predict_speed = models.FloatField(default=0)  # images a second
    memory_bytes = models.BigIntegerField(default=0)  # the most that the process had
    error = models.CharField(max_length=500, blank=True)  # why the last try gave nothing
    asked_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    measured_at = models.DateTimeField(null=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["node", "preset", "task"]
        constraints = [models.UniqueConstraint(fields=["node", "preset", "task"], name="one_measurement_of_each")]

    def __str__(self) -> str:
        return f"{self.preset} ({self.task}) on {self.node}"

    @property
    def status(self) -> str:
        """``measuring``, ``waiting``, ``failed``, ``measured``, or ``unknown``."""
        if self.begun_at:
            return "measuring"
        if self.asked_at:
            return "waiting"
        if self.error:
            return "failed"
        return "measured" if self.measured_at else "unknown"

    def claim(self) -> bool:
        """Begin; False when another was faster, or nobody wants it any more."""
        fields = {"begun_at": timezone.now()}
        return bool(type(self).objects.waiting().filter(pk=self.pk).update(**fields))

    @property
    def wanted(self) -> bool:
        """Whether a person still waits for it."""
        return type(self).objects.filter(pk=self.pk, asked_at__isnull=False).exists()

    def postpone(self) -> None:
        """Something more important came up: it is measured from the beginning later."""
        type(self).objects.filter(pk=self.pk).update(begun_at=None)

    def keep(self, engine: str, found: dict[str, Any]) -> None:
        """Note what the engine's ``measured`` event says."""
        self._end(
            engine=engine,
            device=found["device"][:200],
            edge=max(found["frame"]),
            batch_size=found["batch_size"],
            train_speed=found["train_images_per_second"],
            predict_speed=found["predict_images_per_second"],
            memory_bytes=found["memory_bytes"],
            error="",
            measured_at=timezone.now(),
        )

    def fail(self, engine: str, reason: str) -> None:
        self._end(engine=engine, error=reason[:500])

    def _end(self, **fields: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(asked_at=None, begun_at=None, **fields)
