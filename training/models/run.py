import shutil
import time
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _now
from rest_framework.exceptions import ValidationError

from labelapp.lib import stored
from labelapp.lib.heartbeat import unheard
from labelapp.projects.models import AuditEntry, JobStatus, Project
from labelapp.projects.models.long_work import LongWork
from labelapp.projects.models.membership import in_projects_of
from training.models.epoch import Epoch
from training.models.run_states import ACTIVE, ENDED, RESUMABLE, UNFINISHED, UNSTOPPED, RunStates, RunStatus
from training.specs import resolved, start_file, validated

EPOCHS_IN_LISTS = 50
LAST_EPOCHS = 5  # by which the time left is told


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))

    def start(self, project: Project, user, version, spec: dict[str, Any], name: str = "") -> "Run":
        """Queue a training of ``spec`` on a completed version; raises ValidationError naming the field."""
        if version.status != JobStatus.COMPLETED:
            raise ValidationError({"version": _now("This version is not frozen yet, or freezing it failed.")})
        valid = validated(spec)
        start_file(valid, project)  # a weights file that is not there is said now, not when the run starts
        epochs = resolved(valid, version).epochs
        with transaction.atomic():
            number = project.take_number("run")
            run = self.create(
                project=project,
                version=version,
                number=number,
                name=name or f"{valid.preset} {number}",
                spec=valid.model_dump(mode="json", exclude_unset=True),
                epochs=epochs,
                created_by=user,
            )
            run.enqueue()
            AuditEntry.objects.note(user, "run.started", target=run, version=version.number, preset=valid.preset)
        return run

    def with_course(self) -> Self:
        """Each with some of its epochs, evenly over the whole, with the best and the last: what a list shows of it."""
        step = F("run__epoch") / EPOCHS_IN_LISTS + 1
        later_best = Epoch.objects.filter(run=OuterRef("run"), best=True, number__gt=OuterRef("number"))
        some = (
            Epoch.objects.defer("statistics")
            .annotate(rest=F("number") % step)
            .filter(Q(rest=0) | Q(best=True) & ~Exists(later_best) | Q(number__gt=F("run__epoch") - LAST_EPOCHS))
        )
        return self.prefetch_related(Prefetch("epoch_rows", some))

    def active(self) -> Self:
        """Runs that a worker has claimed."""
        return self.filter(status__in=ACTIVE)

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def unheard(self) -> Self:
        """Runs that a worker has claimed and not been heard of for too long."""
        return self.active().filter(unheard())

    def unclaimed(self) -> Self:
        """Queued runs whose message may have been lost."""
        return self.filter(unheard(), status=RunStatus.QUEUED)


class Run(LongWork, RunStates):
    """One training of one model on one version."""

    unfinished = UNFINISHED
    page, page_of_one = "run", True
    another_try = "resume"
    unlisted = ("spec", "metrics")

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey("versions.Version", on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    spec = models.JSONField(default=dict)  # as it was asked for: what is left out is the preset's choice
    epoch = models.PositiveIntegerField(default=0)
    epochs = models.PositiveIntegerField(default=0)
    metrics = models.JSONField(default=dict)
    size_bytes = models.BigIntegerField(default=0)  # of its stored result
    worker = models.ForeignKey("training.Worker", null=True, on_delete=models.SET_NULL, related_name="runs")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="run_number_once_per_project")]
        indexes = [models.Index(fields=["status", "heartbeat_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return _now("Training {name}").format(name=self.name)

    @property
    def reason(self) -> str:
        said = [self.error.get("message", ""), self.error.get("hint", "")]
        return " ".join(each for each in said if each) if self.status == RunStatus.FAILED else ""

    @property
    def can_be_tried_again(self) -> bool:
        return self.ended and self.status in RESUMABLE

    @property
    def can_be_stopped(self) -> bool:
        if self.status in UNSTOPPED:
            return True
        return self.status == RunStatus.QUEUED and not self.stop_asked and self.has_checkpoint

    @property
    def progress(self) -> float:
        """0 to 1, in epochs."""
        return 1.0 if self.status == RunStatus.COMPLETED else self.epoch / self.epochs if self.epochs else 0.0

    @property
    def work_folder(self) -> Path:
        """Spec, log, checkpoints and result on the worker that trains."""
        return Path(settings.RUNS_DIR) / str(self.pk)

    @property
    def result_folder(self) -> str:
        """Where the result lies in the default storage once the run has ended."""
        return f"models/{self.pk}"

    @property
    def log_file(self) -> Path:
        return self.work_folder / "log.txt"

    @property
    def stored_log(self) -> str:
        return f"{self.result_folder}/log.txt"

    @property
    def stored_tensorboard(self) -> str:
        return f"{self.result_folder}/tensorboard.zip"

    @property
    def has_checkpoint(self) -> bool:
        return self.checkpoints.filter(kind="last").exists()

    @property
    def has_model(self) -> bool:
        return hasattr(self, "model")

    @property
    def snapshot(self) -> dict[str, Any]:
        return {
            "status": self.status, "message": self.message, "epoch": self.epoch, "epochs": self.epochs,
            "error": self.error, "metrics": self.metrics, "time": time.time(),
        }  # fmt: skip

    @property
    def seconds_left(self) -> float | None:
        """From the mean of the last epochs; None while nothing can be said."""
        if self.status in ENDED or not self.epochs:
            return None
        last = list(self.epoch_rows.all())[-LAST_EPOCHS:]  # lists of runs have them all at hand
        seconds = [row.seconds for row in last if row.seconds]
        return sum(seconds) / len(seconds) * (self.epochs - self.epoch) if seconds else None

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])

    def forget(self) -> None:
        """Remove checkpoints and an unfinished result. The log stays, and so does a model of an earlier end."""
        self.checkpoints.all().delete()
        shutil.rmtree(self.work_folder / "result", ignore_errors=True)
        if not self.has_model:
            stored.remove_folder(self.result_folder)

    def discard(self) -> None:
        """Delete the run with its model and files.

        Raises:
            Conflict: a run or prediction that has not ended uses its model.
        """
        if self.has_model:
            self.model.refuse_if_used()
        self.remove()

    def remove(self) -> None:
        """As ``discard``, whatever uses it; a worker that has it ends the training and removes its own files."""
        with transaction.atomic():
            folder, work, active = self.result_folder, self.work_folder, self.status in ACTIVE
            self.delete()
            transaction.on_commit(lambda: stored.remove_folder(folder) if active else remove_files(folder, work))


def remove_files(folder: str, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    stored.remove_folder(folder)
