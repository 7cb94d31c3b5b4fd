from typing import Any

from django.db import models
from django.utils import timezone

from labelapp.projects.models import Job, JobStatus

SILENT_SECONDS = 45  # a page that sends is heard of far more often


class Sending(Job):
    """A Job whose worker is a page: its heartbeat is the last that came, and it may pause, or fall silent."""

    paused = models.BooleanField(default=False)  # its page has said so; the next file that comes says otherwise
    idle_seconds = models.FloatField(default=0)  # in which nothing came, while it was interrupted

    class Meta(Job.Meta):
        abstract = True

    @property
    def silence(self) -> float:
        """Seconds since something came."""
        return (timezone.now() - self.heartbeat_at).total_seconds()

    @property
    def interrupted(self) -> bool:
        """Paused, or nothing has come for a while: it is offline, or the page is gone."""
        return self.status == JobStatus.RUNNING and (self.paused or self.silence > SILENT_SECONDS)

    @property
    def seconds_left(self) -> float | None:
        """By the time in which files came; while the next one is awaited it does not grow."""
        if self.status != JobStatus.RUNNING or self.interrupted or not self.started_at or self.progress < 0.02:
            return None
        spent = (self.heartbeat_at - self.started_at).total_seconds() - self.idle_seconds
        return max(0.0, spent / self.progress - spent - self.silence)

    def hear(self) -> None:
        """Something has come, or will come again."""
        self._update(self.heard())

    def pause(self) -> None:
        """Its page sends nothing for now, or goes."""
        self._update({"paused": True})

    def heard(self) -> dict[str, Any]:
        """What changes when something comes."""
        idle = self.idle_seconds + (self.silence if self.interrupted else 0)
        return {"heartbeat_at": timezone.now(), "idle_seconds": idle, "paused": False}

    def _update(self, fields: dict[str, Any]) -> None:
        type(self).objects.filter(pk=self.pk).update(**fields)
        self._set(fields)
