from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from labelapp.lib.heartbeat import heartbeat, unheard
from labelapp.projects.models.audit_entry import AuditEntry
from labelapp.projects.models.job import UNFINISHED, Job
from labelapp.projects.models.membership import in_projects_of


class TrashedProjects(models.QuerySet[Any]):
    """What a queryset of projects says of those in the trash."""

    def kept(self) -> Self:
        return self.filter(trashed_at=None)

    def in_trash_of(self, user) -> Self:
        """Those that this person may restore: projects they own."""
        own = self.filter(in_projects_of(user, in_trash=True), memberships__role="owner", erasing=False)
        return own.exclude(trashed_at=None).order_by("-trashed_at", "-id")

    def expired(self) -> Self:
        """Those that are to go: for too long in the trash, or deleted by an owner before that."""
        return self.filter(models.Q(trashed_at__lt=trash_ends()) | models.Q(erasing=True))


class ProjectTrash(models.Model):
    """A project that was deleted lies in the trash for LABELAPP_TRASH_DAYS; nobody can work in it meanwhile."""

    trashed_at = models.DateTimeField(null=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    erasing = models.BooleanField(default=False, editable=False)  # cannot be restored any more
    heartbeat_at = models.DateTimeField(null=True, editable=False)  # of whoever erases it

    class Meta:
        abstract = True

    @property
    def days_left(self) -> int | None:
        return days_left(self.trashed_at)

    def move_to_trash(self, user) -> None:
        """Hide the project from everybody and cancel what is being done in it."""
        with transaction.atomic():
            now = timezone.now()
            if not self._rows().filter(trashed_at=None).update(trashed_at=now, trashed_by=user):
                return
            self.refresh_from_db(fields=["trashed_at", "trashed_by"])
            AuditEntry.objects.note(user, "project.trashed", project=self, target=self)
        self.cancel_work()

    def restore(self, user) -> bool:
        """Take it out of the trash; False when it is being erased already."""
        with transaction.atomic():
            trashed = self._rows().filter(erasing=False).exclude(trashed_at=None)
            if not trashed.update(trashed_at=None, trashed_by=None):
                return False
            self.refresh_from_db(fields=["trashed_at", "trashed_by"])
            AuditEntry.objects.note(user, "project.restored", project=self, target=self)
        return True

    def cancel_work(self) -> None:
        """End every job and run of the project; what has ended already is left alone."""
        for kind in apps.get_models():
            if issubclass(kind, Job):
                for job in kind._default_manager.filter(project=self.pk, status__in=UNFINISHED):
                    job.cancel()
        for run in self.runs.unfinished():  # type: ignore[attr-defined]
            run.give_up()

    def erase_soon(self, user) -> None:
        """Delete for good before its days are over; a worker does it, as it can take minutes."""
        from labelapp.celery import app

        with transaction.atomic():
            if not self._rows().filter(erasing=False).exclude(trashed_at=None).update(erasing=True):
                return
            AuditEntry.objects.note(user, "project.erased", target=self)
            pk = self.pk
            # When Redis is away, empty_trash finds it.
            transaction.on_commit(
                lambda: app.send_task("labelapp.projects.tasks.erase_project", args=[pk]), robust=True
            )

    def expire(self) -> bool:
        """Erase it where its time has come; False when it was restored, or somebody is erasing it already."""
        if not self._claim_erasing():
            return False
        with heartbeat(lambda: self._rows().update(heartbeat_at=timezone.now()), f"erasing project {self.pk}"):
            self.erase()
        return True

    def erase(self) -> None:
        """Delete the project with everything in it, files too, in an order that the protected relations allow.

        In many transactions, so that others can save meanwhile; one that was broken off can be done again.
        """
        self.cancel_work()
        project: Any = self
        project.predictions.all().delete()
        for run in project.runs.all():
            run.remove()
        for things in (project.versions, project.exports, project.imports, project.archives, project.uploads):
            for each in things.all():
                each.discard()
        project.images.all().discard()
        self.delete()

    def _claim_erasing(self) -> bool:
        with transaction.atomic():
            rows: Any = self._rows()
            heard = {"heartbeat_at": timezone.now()}
            if rows.filter(erasing=False, trashed_at__lt=trash_ends()).update(erasing=True, **heard):
                # The project's own log goes with it: this is a line of the site's.
                AuditEntry.objects.note(None, "project.expired", target=self)
                return True
            return bool(rows.filter(unheard() | models.Q(heartbeat_at=None), erasing=True).update(**heard))

    def _rows(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.filter(pk=self.pk)


def trash_ends() -> datetime:
    """What was trashed before this moment is deleted for good."""
    return timezone.now() - timedelta(days=settings.TRASH_DAYS)


def days_left(trashed_at: datetime | None) -> int | None:
    """Whole days until something in the trash is deleted for good, begun ones counted; None outside the trash."""
    if trashed_at is None:
        return None
    left = (trashed_at - trash_ends()).total_seconds() / 86400
    return max(0, int(-(-left // 1)))
