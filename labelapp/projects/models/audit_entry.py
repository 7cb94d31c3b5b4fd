from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import models, transaction


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def note(self, actor, verb: str, project=None, target: Any = "", **detail: Any) -> "AuditEntry":
        """Write down that a person did something, in the transaction in which it was done.

        Args:
            actor: The person; None when the site itself did it.
            verb: Noun and past participle with a dot between, for example ``member.added``; the room's AppConfig
                has a sentence for it in ``audit_verbs``.
            project: Where; the target's own where none is given, None for what concerns the whole site.
            target: What it was done to; its text is kept, as the thing itself may go.
            detail: Further facts, as JSON.
        """
        return self._entry(actor, verb, project, target, detail).kept()

    def tally(self, actor, verb: str, project=None, target: Any = "", **detail: Any) -> "Tally":
        """One line for work of many transactions; arguments as of ``note``."""
        return Tally(self._entry(actor, verb, project, target, detail))

    @contextmanager
    def noting(self, actor, verb: str, project=None, target: Any = "", **detail: Any) -> Iterator[None]:
        """What is done inside is done and written down, or neither; arguments as of ``note``."""
        entry = self._entry(actor, verb, project, target, detail)  # read now: the target may be deleted inside
        with transaction.atomic():
            yield
            entry.kept()

    def _entry(self, actor, verb: str, project, target: Any, detail: dict[str, Any]) -> "AuditEntry":
        return self.model(
            actor=actor, verb=verb, project=project or getattr(target, "project", None), target=str(target)[:300],
            target_id=getattr(target, "pk", None), detail=detail,
        )  # fmt: skip


class AuditEntry(models.Model):
    """One line of the log of who did what. Rows are only ever added; that of long work counts on while it goes on."""

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

    @property
    def kind(self) -> str:
        """The noun of the verb: what sort of thing it was done to."""
        return self.verb.partition(".")[0]

    def kept(self) -> "AuditEntry":
        self.save(force_insert=True)
        return self


class Tally:
    """A line that is written in the first transaction of some work and counts on in each, so that it is right however
    the work ends."""

    def __init__(self, entry: AuditEntry):
        self._entry = entry

    def add(self, **counts: int) -> None:
        entry = self._entry
        entry.detail = entry.detail | {name: entry.detail.get(name, 0) + count for name, count in counts.items()}
        if entry.pk is None:
            entry.kept()
        else:
            entry.save(update_fields=["detail"])
