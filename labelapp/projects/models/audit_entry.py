from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user) -> Self:
        """What a person may read: the log of projects they own; site admins also what belongs to no project."""
        own = Q(project__memberships__user=user, project__memberships__role="owner")
        return self.filter(own | Q(project=None) if user.is_superuser else own)

    def note(self, actor, verb: str, project=None, target: Any = "", **detail: Any) -> "AuditEntry":
        """Write down that a person did something, in the transaction in which it was done.

        Args:
            actor: The person; None when the site itself did it.
            verb: Noun and past participle with a dot between, for example ``member.added``.
            project: Where; None for what concerns the whole site.
            target: What it was done to; its text is kept, as the thing itself may go.
            detail: Further facts, as JSON.
        """
        return self.create(
            actor=actor, verb=verb, project=project, target=str(target)[:300],
            target_id=getattr(target, "pk", None), detail=detail,
        )  # fmt: skip


class AuditEntry(models.Model):
    """One line of the log of who did what. Rows are only ever added."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, null=True, related_name="audit_entries")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    target = models.CharField(max_length=300, blank=True)
    target_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["project", "-id"], name="audit_by_project")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"
