import uuid
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from labelapp.projects.errors import Conflict
from labelapp.projects.models.audit_entry import AuditEntry
from labelapp.projects.models.class_change_left import sentence
from labelapp.projects.models.job import UNFINISHED, Job, JobQuerySet, JobStatus

States = dict[str, Any]  # by id of the class; None: there is no such class
MOST_PASSES = 20


class ClassVerb(models.TextChoices):
    CHANGED = "changed", gettext_lazy("Changed")
    REORDERED = "reordered", gettext_lazy("Reordered")
    PASTED = "pasted", gettext_lazy("Pasted")
    MERGED = "merged", gettext_lazy("Merged")
    SPLIT = "split", gettext_lazy("Split off")
    DELETED = "deleted", gettext_lazy("Deleted")
    UNDONE = "undone", gettext_lazy("Undone")


class ClassChangeQuerySet(JobQuerySet):
    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def record(self: Any, project, actor, verb: str, before: States, after: States, **fields: Any) -> "ClassChange":
        """Note a change that is done already, so that it can be undone."""
        now = timezone.now()
        fields |= {"status": JobStatus.COMPLETED, "progress": 1.0, "started_at": now, "finished_at": now}
        change: ClassChange = self._create(project, actor, verb, before, after, fields)
        return change

    def begin(
        self: Any, project, actor, verb: str, before: States, after: States, here: bool = False, **fields: Any
    ) -> "ClassChange":
        """Queue a change of annotations; 409 while another one is under way or a version is being frozen.

        Args:
            here: the caller performs it.
        """
        with transaction.atomic():
            self.filter(project=project).refuse_others(project)
            change: ClassChange = self._create(project, actor, verb, before, after, fields)
            if not here:
                change.enqueue()
        return change

    def refuse_others(self: Any, project) -> None:
        """Lock the project; 409 while one of these changes is under way or a version is being frozen."""
        project.lock()
        if running := self.unfinished().first():
            message = _("The classes are being changed just now: {title}. Wait until it has ended, or cancel it.")
            raise Conflict(message.format(title=running.title))
        if project.versions.filter(status__in=UNFINISHED).exists():
            raise Conflict(_("A version is being frozen just now. Change the classes when it is done."))

    def going(self: Any, project) -> "dict[int, ClassChange]":
        """Classes that are being merged into another or deleted, with the change that does it."""
        ending = self.filter(project=project, verb__in=[ClassVerb.MERGED, ClassVerb.DELETED]).unfinished()
        return {change.subject: change for change in ending if change.subject is not None}

    def end_of(self: Any, project, label_class: int) -> "ClassChange | None":
        """The change by which a class of this id went, if it did."""
        ended = self.filter(project=project, subject=label_class, verb__in=[ClassVerb.MERGED, ClassVerb.DELETED])
        change: ClassChange | None = ended.select_related("created_by").order_by("-pk").first()
        return change

    def _create(self: Any, project, actor, verb, before, after, fields) -> "ClassChange":
        with transaction.atomic():
            change: ClassChange = self.create(
                project=project, created_by=actor, verb=verb, before=before, after=after, **fields
            )
            AuditEntry.objects.note(actor, f"class.{verb}", project=project, target=change.title, change=change.pk)
        return change


class ClassChange(Job):
    """What a person did to the classes of a project, with what there was before: each can be undone.

    Plain changes are done at once, and their row is completed from the beginning. What changes annotations as well is
    long work, which the room of the annotations adds to ``WORK``: it lies to the right of this one.
    """

    task = "labelapp.annotations.tasks.change_classes"
    page = "classes"
    unlisted = ("counts", "left")
    WORK: ClassVar[dict[str, Callable[["ClassChange"], None]]] = {}

    verb = models.CharField(max_length=16, choices=ClassVerb)
    subject = models.BigIntegerField(null=True)  # id of the class that it was done to, which may be gone
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)  # what was asked, as the verb understands it
    key = models.UUIDField(default=uuid.uuid4)  # the keys of its revisions are made of this
    counts = models.JSONField(default=dict)  # annotations, images, suggestions that it changed
    left = models.JSONField(default=list)  # what it could not do: {"reason", "count", "names"}
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undo")

    objects = ClassChangeQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        indexes = [
            models.Index(fields=["project", "subject"], name="class_change_by_subject"),
            # Asked with every change set.
            models.Index(
                fields=["project"],
                condition=models.Q(status__in=["queued", "running"]),
                name="class_change_unfinished",
            ),
        ]

    @classmethod
    def listed(cls, project) -> Any:
        """Without those that were done at once."""
        return super().listed(project).exclude(status=JobStatus.COMPLETED, attempts=0)

    @property
    def api_address(self) -> str:
        return f"/api/class-changes/{self.pk}/"

    def open_to(self, user, role_allows: bool) -> bool:
        return self.project.allows(user, "manage")

    def work(self) -> None:
        self.WORK[self.verb](self)

    def retry(self) -> bool:
        """
        Raises:
            Conflict: it was undone, another change of classes is under way, or a version is being frozen.
        """
        with transaction.atomic():
            ClassChange.objects.filter(project=self.project_id).exclude(pk=self.pk).refuse_others(self.project)
            if ClassChange.objects.get(pk=self.pk).undone:
                raise Conflict(_("This has been undone already."))
            return super().retry()

    def revision_keys(self) -> Iterable[uuid.UUID]:
        """One for each time that it went over the images, which it does until nothing is left to change."""
        return (uuid.uuid5(self.key, str(number)) for number in range(MOST_PASSES))

    def revision_key(self, label_class: str) -> uuid.UUID:
        """Of the one time that it went over the images of this class, by its id as ``before`` has it."""
        return uuid.uuid5(self.key, f"class {label_class}")

    @property
    def title(self) -> str:
        names = {"name": self._name(self.before), "new": self._name(self.after)}
        if self.verb == ClassVerb.MERGED:
            return _("Merging “{name}” into “{into}”").format(into=self.choices.get("into_name", ""), **names)
        if self.verb == ClassVerb.SPLIT:
            return _("Splitting “{new}” off “{old}”").format(old=self.choices.get("from_name", ""), **names)
        if self.verb == ClassVerb.DELETED:
            return _("Deleting “{name}”").format(**names)
        if self.verb == ClassVerb.REORDERED:
            return _("A new order of the classes")
        if self.verb == ClassVerb.PASTED:
            count = len(self.after)
            return ngettext("{count} class from a text", "{count} classes from a text", count).format(count=count)
        if self.verb == ClassVerb.UNDONE and self.undoes:
            return _("Undoing: {title}").format(title=self.undoes.title)
        return self._changed_title(**names)

    @property
    def undone(self) -> bool:
        """Whether an undo of it has been asked for and has not failed."""
        undo = getattr(self, "undo", None)
        return undo is not None and undo.status not in (JobStatus.FAILED, JobStatus.CANCELLED)

    @property
    def undoable(self) -> bool:
        return self.finished and self.verb != ClassVerb.UNDONE and not self.undone

    @property
    def notes(self) -> list[str]:
        """What it could not do, as sentences."""
        return [sentence(each) for each in self.left]

    def _changed_title(self, name: str, new: str) -> str:
        before, after = next(iter(self.before.values()), None) or {}, next(iter(self.after.values()), None) or {}
        fields = {field for field in after if before.get(field) != after[field]}
        if fields == {"name"}:
            return _("Renaming “{name}” to “{new}”").format(name=name, new=new)
        titles = {
            "color": _("The colour of “{name}”"),
            "key": _("The key of “{name}”"),
            "shapes": _("The shapes of “{name}”"),
            "attributes": _("The attributes of “{name}”"),
            "skeleton": _("The skeleton of “{name}”"),
        }
        title = titles.get(next(iter(fields)), "") if len(fields) == 1 else ""
        return (title or _("Changing “{name}”")).format(name=name)

    def _name(self, states: States) -> str:
        state = states.get(str(self.subject)) or next(iter(states.values()), None)
        return (state or {}).get("name", "")
