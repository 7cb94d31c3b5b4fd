import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from labelapp.projects.models import AuditEntry, Job, JobStatus, Project
from labelapp.projects.models.job import JobQuerySet
from training.specs import start_file, validated


class TrialKind(models.TextChoices):
    CHECK = "check", _("Check of a training")
    RATE = "rate", _("Search for a learning rate")


class TrialQuerySet(JobQuerySet):
    def start(self, project: Project, user, version, kind: str, spec: dict[str, Any]) -> "Trial":
        """Queue a trial of ``spec`` on a completed version; raises ValidationError naming the field."""
        if version.status != JobStatus.COMPLETED:
            raise ValidationError({"version": _now("This version is not frozen yet, or freezing it failed.")})
        valid = validated(spec)
        start_file(valid, project)  # a weights file that is not there is said now, not when the trial starts
        with transaction.atomic():
            trial = Trial(project=project, created_by=user, version=version, kind=kind)
            trial.spec = valid.model_dump(mode="json", exclude_unset=True)
            trial.save(force_insert=True)
            trial.enqueue()
            AuditEntry.objects.note(user, "trial.started", target=trial, version=version.number)
        return trial


class Trial(Job):
    """What a person wants to know of a spec before the run is started: whether it would go well, or at which rate."""

    task = "training.tasks.try_spec"
    page = "run-new"
    unlisted = ("spec", "stages", "outcome", "problem")

    version = models.ForeignKey("versions.Version", on_delete=models.CASCADE, related_name="trials")
    kind = models.CharField(max_length=8, choices=TrialKind)
    spec = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)  # what it is at
    stages = models.JSONField(default=dict)  # of a check: name -> seconds, of those that went well
    outcome = models.JSONField(default=dict)  # the fields of the engine's result
    problem = models.JSONField(default=dict)  # of one that failed: code, message, hint, fields

    objects = TrialQuerySet.as_manager()  # type: ignore[misc]

    @property
    def title(self) -> str:
        return str(TrialKind(self.kind).label)

    @property
    def work_folder(self) -> Path:
        """Spec and log, on the disk that a run would write to."""
        return Path(settings.RUNS_DIR) / "trials" / str(self.pk)

    def work(self) -> None:
        from training.trying import Trying

        try:
            Trying(self).perform()
        finally:
            shutil.rmtree(self.work_folder, ignore_errors=True)

    def retry(self) -> bool:
        return self._again(
            type(self).objects.filter(status__in=[JobStatus.FAILED, JobStatus.CANCELLED]),
            message="", stages={}, outcome={}, problem={},
        )  # fmt: skip

    def discard(self) -> None:
        """End it where it stands, and forget it."""
        self.cancel()
        self.delete()
