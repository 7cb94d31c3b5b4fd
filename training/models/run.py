from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user) -> Self:
        return self.filter(project__memberships__user=user)


class Run(models.Model):
    """One training of one model on one version."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey("versions.Version", on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    spec = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=RunStatus, default=RunStatus.QUEUED)
    message = models.CharField(max_length=500, blank=True)
    error = models.JSONField(default=dict, blank=True)  # code, message, hint
    epoch = models.PositiveIntegerField(default=0)
    epochs = models.PositiveIntegerField(default=0)
    metrics = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.ForeignKey("training.Worker", null=True, on_delete=models.SET_NULL, related_name="runs")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(default=timezone.now)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="run_number_once_per_project")]
