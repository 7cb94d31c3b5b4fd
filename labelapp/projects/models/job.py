import logging
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labelapp.lib import log_context
from labelapp.lib.heartbeat import heartbeat, unheard
from labelapp.lib.passing import passing_trouble
from labelapp.projects.models.long_work import LongWork
from labelapp.projects.models.membership import in_projects_of

logger = logging.getLogger(__name__)


class JobStatus(models.TextChoices):
    QUEUED = "queued", gettext_lazy("Queued")
    RUNNING = "running", gettext_lazy("Running")
    COMPLETED = "completed", gettext_lazy("Completed")
    FAILED = "failed", gettext_lazy("Failed")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


UNFINISHED = [JobStatus.QUEUED, JobStatus.RUNNING]
RETRIABLE = [JobStatus.FAILED, JobStatus.CANCELLED]


class JobFailure(Exception):
    """Work that cannot be done for a reason that a person can act on; its text is shown to them."""


class JobCancelled(Exception):
    """Raised inside the work when a person has cancelled it."""


class JobQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))

    def perform(self, pk: int) -> None:
        """Do the work of one row; nothing, where somebody has deleted it since it was queued."""
        job: Any = self.filter(pk=pk).first()
        if job is not None:
            job.perform()

    def lost(self) -> Self:
        """Rows that say they run although their worker has not been heard of, and queued ones nobody took."""
        return self.filter(unheard(), status__in=UNFINISHED)


class Job(LongWork, models.Model):
    """Long work of a project: a row with a status, a progress and, when it fails, a reason.

    A subclass names its Celery task in ``task`` (a dotted name) and does its work in ``work()``.
    """

    task: str
    unfinished = UNFINISHED

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="%(class)ss")
    status = models.CharField(max_length=16, choices=JobStatus, default=JobStatus.QUEUED)
    progress = models.FloatField(default=0)  # 0 to 1
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    lease = models.PositiveIntegerField(default=0)  # counts the claims: of two workers only the last has the row

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def reason(self) -> str:
        return self.error if self.status == JobStatus.FAILED else ""

    @property
    def can_be_tried_again(self) -> bool:
        return self.status in RETRIABLE

    @property
    def finished(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def seconds_left(self) -> float | None:
        """Estimated from the progress so far; None while nothing can be said."""
        if self.status != JobStatus.RUNNING or not self.started_at or self.progress < 0.02:
            return None
        spent = (timezone.now() - self.started_at).total_seconds()
        return spent / self.progress - spent

    def work(self) -> None:
        raise NotImplementedError

    def enqueue(self) -> None:
        from labelapp.celery import app

        # When Redis is away the row stays queued, and rescue_jobs finds it.
        transaction.on_commit(lambda: app.send_task(self.task, args=[self.pk]), robust=True)

    def perform(self) -> None:
        """Claim the row, do the work, and record how it ended. Called by the task; safe to call twice."""
        if not self._claim():
            return
        with log_context.bound(job=self._meta.model_name, job_id=self.pk, lease=self.lease):
            self._perform_claimed()

    def _perform_claimed(self) -> None:
        logger.info("%s %s begins, attempt %s", type(self).__name__, self.pk, self.attempts)
        try:
            with heartbeat(
                lambda: self._running().update(heartbeat_at=timezone.now()), f"{type(self).__name__} {self.pk}"
            ):
                self.work()
        except JobCancelled:
            logger.info("%s %s was cancelled", type(self).__name__, self.pk)
        except JobFailure as failure:
            logger.info("%s %s failed: %s", type(self).__name__, self.pk, failure)
            self._finish(JobStatus.FAILED, error=str(failure))
        except Exception as error:
            logger.exception("%s %s failed", type(self).__name__, self.pk)
            trouble = passing_trouble(error)
            if trouble and self.attempts < settings.JOB_ATTEMPTS:
                return  # left as it is: without a heartbeat it is rescued, and done again
            unexpected = _("Something unexpected went wrong; the worker's log says more.")
            self._finish(JobStatus.FAILED, error=trouble or unexpected)
        else:
            self._finish(JobStatus.COMPLETED, progress=1.0)
            logger.info("%s %s is done", type(self).__name__, self.pk)

    def report(self, progress: float, **fields: Any) -> None:
        """Note the progress (0 to 1) and any further fields; raises JobCancelled when a person has cancelled."""
        fields |= {"progress": min(max(progress, 0.0), 1.0), "heartbeat_at": timezone.now()}
        if not self._running().update(**fields):
            raise JobCancelled
        self._set(fields)

    def cancel(self) -> bool:
        fields = {"status": JobStatus.CANCELLED, "finished_at": timezone.now()}
        changed = type(self).objects.filter(pk=self.pk, status__in=UNFINISHED).update(**fields)
        if changed:
            self._set(fields)
        return bool(changed)

    def retry(self) -> bool:
        return self._again(type(self).objects.filter(status__in=RETRIABLE))

    def _again(self, rows: models.QuerySet, **others: Any) -> bool:
        """Queue it anew if it is still among these rows."""
        fields = {
            "status": JobStatus.QUEUED, "progress": 0.0, "error": "", "attempts": 0, "started_at": None,
            "finished_at": None, "heartbeat_at": timezone.now(), **others,
        }  # fmt: skip
        changed = rows.filter(pk=self.pk).update(**fields)
        if changed:
            self._set(fields)
            self.enqueue()
        return bool(changed)

    def rescue(self) -> None:
        """Queue a lost row again, or give it up after JOB_ATTEMPTS deaths of its worker."""
        mine = type(self).objects.filter(pk=self.pk, heartbeat_at=self.heartbeat_at, status__in=UNFINISHED)
        if self.attempts >= settings.JOB_ATTEMPTS:
            error = _("The worker died {count} times while doing this.").format(count=self.attempts)
            mine.update(status=JobStatus.FAILED, error=error, finished_at=timezone.now())
        elif mine.update(status=JobStatus.QUEUED, heartbeat_at=timezone.now()):
            self.enqueue()

    def _running(self):
        """The row while this worker has it."""
        return type(self).objects.filter(pk=self.pk, status=JobStatus.RUNNING, lease=self.lease)

    def _claim(self) -> bool:
        now = timezone.now()
        fields = {"status": JobStatus.RUNNING, "started_at": now, "heartbeat_at": now}
        queued = type(self).objects.filter(pk=self.pk, status=JobStatus.QUEUED)
        if queued.update(attempts=models.F("attempts") + 1, lease=models.F("lease") + 1, **fields) != 1:
            return False
        self.refresh_from_db()
        return True

    def _finish(self, status: str, **fields: Any) -> None:
        fields |= {"status": status, "finished_at": timezone.now()}
        self._running().update(**fields)
        self._set(fields)

    def _set(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
