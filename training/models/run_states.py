from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from labelapp.projects.errors import Conflict
from training.stream import publish


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
UNSTOPPED = [RunStatus.PREPARING, RunStatus.RUNNING]  # and has not been asked to stop
UNFINISHED = [RunStatus.QUEUED, RunStatus.LOST, *ACTIVE]
ENDED = [RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.CANCELLED, RunStatus.FAILED]
RESUMABLE = [RunStatus.STOPPED, RunStatus.CANCELLED, RunStatus.FAILED, RunStatus.LOST]
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
    stop_asked = models.BooleanField(default=False)  # outlives the worker that was to stop
    deaths = models.PositiveSmallIntegerField(default=0)  # of the worker or its child, since the last checkpoint
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

        # When Redis is away the row stays queued, and rescue_runs finds it.
        transaction.on_commit(lambda: app.send_task("training.tasks.execute_run", args=[self.pk]), robust=True)

    def claim(self, worker) -> bool:
        """Take a queued run for this worker; False when another was faster."""
        now = timezone.now()
        changed = self._change(
            [RunStatus.QUEUED], status=RunStatus.PREPARING, lease=models.F("lease") + 1, heartbeat_at=now,
            worker=worker, error={}, message="", finished_at=None,
        )  # fmt: skip
        if changed:
            self.refresh_from_db()
            self.update_mine(started_at=self.started_at or now)
            if self.stop_asked:
                self.update_mine(status=RunStatus.STOPPING)
        return changed

    def begin(self) -> None:
        """Preparing -> running, unless a person has asked to stop meanwhile."""
        mine = self._rows().filter(pk=self.pk, lease=self.lease, status=RunStatus.PREPARING)
        if mine.update(status=RunStatus.RUNNING):
            self._set({"status": RunStatus.RUNNING})

    def update_mine(self, **fields: Any) -> bool:
        """Change an active run under the lease this object was claimed with; False when it is somebody else's now."""
        mine = self._rows().filter(pk=self.pk, lease=self.lease, status__in=ACTIVE)
        if not mine.update(**fields):
            return False
        self._set(fields)
        return True

    def look(self) -> bool:
        """Read what others may have changed about an active run; False when it is not ours any more."""
        mine = self._rows().filter(pk=self.pk, lease=self.lease, status__in=ACTIVE)
        row = mine.values("status", "message", "stop_asked").first()
        self._set(row or {})
        return row is not None

    def stop(self) -> None:
        """End early and keep the best weights so far; one that has none yet and waits is cancelled."""
        message = _now("Finishing the step, then keeping the best weights")
        asked = self._change(ACTIVE, status=RunStatus.STOPPING, stop_asked=True, message=message)
        if not asked and self.has_checkpoint:
            asked = self._change([RunStatus.QUEUED], stop_asked=True, message=message)
        if asked:
            self.announce()
        else:
            self.cancel([RunStatus.QUEUED])

    def cancel(self, statuses: Sequence[str] = UNFINISHED) -> None:
        """End at once and keep nothing of this training; a run that was resumed stays what it had become before."""
        status = RunStatus.STOPPED if self.has_model else RunStatus.CANCELLED
        if not self._change(statuses, status=status, message="", finished_at=timezone.now()):
            raise Conflict(_now("This run has already ended."))
        transaction.on_commit(self.forget)
        self.announce()

    def give_up(self) -> None:
        """Cancel it wherever it stands, because its project goes; one that has just ended is left alone."""
        with suppress(Conflict):
            self.cancel()

    def resume(self) -> None:
        """Queue an ended run again, to go on from its last checkpoint."""
        fields = {
            "error": {}, "message": "", "deaths": 0, "stop_asked": False, "finished_at": None,
            "heartbeat_at": timezone.now(),
        }  # fmt: skip
        with transaction.atomic():
            if not self._change(RESUMABLE, status=RunStatus.QUEUED, **fields):
                raise Conflict(_now("Only a run that was stopped, was cancelled or failed can be resumed."))
            self.enqueue()
            self.announce()

    def hand_back(self, message: str) -> None:
        """The worker shuts down: the next one goes on from the checkpoint."""
        with transaction.atomic():
            if self.update_mine(status=RunStatus.QUEUED, worker=None, message=message, heartbeat_at=timezone.now()):
                self.enqueue()

    def postpone(self, reason: str) -> None:
        """There is no room for it now: it stays queued, and rescue_runs sends for it again."""
        if self._change([RunStatus.QUEUED], message=reason, heartbeat_at=timezone.now()):
            self.announce()

    def bury(self) -> None:
        """The worker is silent: mark the run lost, and queue it again unless it has killed too many workers."""
        silent = self._rows().filter(pk=self.pk, lease=self.lease, heartbeat_at=self.heartbeat_at)
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
                self.announce()
                return
            message = _now("The worker was lost; waiting for one to go on from the last checkpoint")
            # The lease moves on here already: should the worker still live, it must not touch the row any more.
            self._change(
                [RunStatus.LOST], status=RunStatus.QUEUED, lease=models.F("lease") + 1, worker=None,
                message=message, heartbeat_at=timezone.now(),
            )  # fmt: skip
            self.enqueue()
            self.announce()

    @property
    def has_checkpoint(self) -> bool:
        raise NotImplementedError

    @property
    def has_model(self) -> bool:
        raise NotImplementedError

    @property
    def snapshot(self) -> dict[str, Any]:
        """Where the run stands, as live pages are told."""
        raise NotImplementedError

    def forget(self) -> None:
        """Remove what a cancelled training has left behind."""
        raise NotImplementedError

    def announce(self) -> None:
        """Tell live pages where the run stands."""
        transaction.on_commit(lambda: publish(self.pk, self.snapshot), robust=True)

    def _rows(self) -> models.Manager[Any]:
        return type(self)._default_manager

    def _change(self, statuses: Sequence[str], **fields: Any) -> bool:
        changed = self._rows().filter(pk=self.pk, status__in=statuses).update(**fields)
        if changed:
            self.refresh_from_db(fields=list(fields))
        return bool(changed)

    def _set(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
