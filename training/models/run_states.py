from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from labelapp.projects.errors import Conflict


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    PREPARING = "preparing", _("Preparing")
    RUNNING = "running", _("Running")
    STOPPING = "stopping", _("Stopping")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    LOST = "lost", _("Lost")


ACTIVE = [RunStatus.PREPARING, RunStatus.RUNNING, RunStatus.STOPPING]  # a worker has it
ENDED = [RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.CANCELLED, RunStatus.FAILED]
MOST_DEATHS = 3


class RunStates(models.Model):
    """How a run gets from queued to its end. The row is the truth; every step is a conditional UPDATE.

    ``lease`` counts the claims: a worker that was thought dead and comes back finds that the lease is no longer its
    own, and leaves the run alone.
    """

    status = models.CharField(max_length=16, choices=RunStatus, default=RunStatus.QUEUED)
    message = models.CharField(max_length=500, blank=True)
    error = models.JSONField(default=dict, blank=True)  # code, message, hint
    lease = models.PositiveIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)  # of the worker or its child, since a person last asked
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    def enqueue(self) -> None:
        from labelapp.celery import app

        transaction.on_commit(lambda: app.send_task("training.tasks.execute_run", args=[self.pk]))

    def claim(self, worker) -> bool:
        """Take a queued run for this worker; False when another was faster."""
        now = timezone.now()
        changed = self._change(
            [RunStatus.QUEUED], status=RunStatus.PREPARING, lease=models.F("lease") + 1, heartbeat_at=now,
            worker=worker, error={}, message="", finished_at=None,
        )  # fmt: skip
        if changed:
            self.refresh_from_db()
            self.started_at = self.started_at or now
            self.save(update_fields=["started_at"])
        return changed

    def update_mine(self, **fields: Any) -> bool:
        """Change an active run under the lease this object was claimed with; False when it is somebody else's now."""
        mine = type(self).objects.filter(pk=self.pk, lease=self.lease, status__in=ACTIVE)
        if not mine.update(**fields):
            return False
        self._set(fields)
        return True

    def stop(self) -> None:
        """End early and keep the best weights so far; one that has not begun is cancelled."""
        if self._change([RunStatus.QUEUED], status=RunStatus.CANCELLED, finished_at=timezone.now()):
            return
        if not self._change(
            [RunStatus.PREPARING, RunStatus.RUNNING, RunStatus.STOPPING],
            status=RunStatus.STOPPING,
            message=_now("Finishing the step, then keeping the best weights"),
        ):
            raise Conflict(_now("This run has already ended."))

    def cancel(self) -> bool:
        """End at once and keep nothing."""
        unfinished = [RunStatus.QUEUED, RunStatus.LOST, *ACTIVE]
        return self._change(unfinished, status=RunStatus.CANCELLED, message="", finished_at=timezone.now())

    def cancel_or_refuse(self) -> None:
        if not self.cancel():
            raise Conflict(_now("This run has already ended."))

    def resume(self) -> None:
        """Queue an ended run again, to go on from its last checkpoint."""
        fields = {"error": {}, "message": "", "deaths": 0, "finished_at": None, "heartbeat_at": timezone.now()}
        resumable = [RunStatus.STOPPED, RunStatus.CANCELLED, RunStatus.FAILED, RunStatus.LOST]
        with transaction.atomic():
            if not self._change(resumable, status=RunStatus.QUEUED, **fields):
                raise Conflict(_now("Only a run that was stopped, was cancelled or failed can be resumed."))
            self.enqueue()

    def hand_back(self, message: str = "") -> None:
        """The worker shuts down or has no room: somebody else, or this one later, goes on from the checkpoint."""
        self.update_mine(status=RunStatus.QUEUED, worker=None, message=message, heartbeat_at=timezone.now())

    def bury(self) -> None:
        """The worker is silent: mark the run lost, and queue it again unless it has killed too many workers."""
        silent = type(self).objects.filter(pk=self.pk, lease=self.lease, heartbeat_at=self.heartbeat_at)
        with transaction.atomic():
            if not silent.filter(status__in=ACTIVE).update(status=RunStatus.LOST, deaths=models.F("deaths") + 1):
                return
            self.refresh_from_db()
            if self.deaths >= MOST_DEATHS:
                error = {
                    "code": "worker_lost",
                    "message": _now("The worker died {count} times during this run.").format(count=self.deaths),
                    "hint": _now("Most often memory runs out: try a smaller batch size or image size, then resume."),
                }
                self._change([RunStatus.LOST], status=RunStatus.FAILED, error=error, finished_at=timezone.now())
                return
            message = _now("The worker was lost; waiting for one to go on from the last checkpoint")
            # The lease moves on here already: should the worker still live, it must not touch the row any more.
            self._change(
                [RunStatus.LOST], status=RunStatus.QUEUED, lease=models.F("lease") + 1, worker=None,
                message=message, heartbeat_at=timezone.now(),
            )  # fmt: skip
            self.enqueue()

    def _change(self, statuses: list[str], **fields: Any) -> bool:
        changed = type(self).objects.filter(pk=self.pk, status__in=statuses).update(**fields)
        if changed:
            self.refresh_from_db(fields=list(fields))
        return bool(changed)

    def _set(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
