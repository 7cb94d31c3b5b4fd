from collections.abc import Iterable
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework.exceptions import ValidationError

from labelapp.projects.errors import Conflict
from labelapp.projects.models.attribute_edit import AttributeEdit
from labelapp.projects.models.class_change import ClassChange, ClassVerb
from labelapp.projects.models.job import JobFailure
from labelapp.projects.models.skeleton_change import refuse_loss

# Okabe and Ito's eight colours (black left out) and further hues of different lightness: distinct for colour-blind
# eyes as well. https://jfly.uni-koeln.de/color/
PALETTE = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#7b3294",
    "#1b7837", "#a6611a", "#5e4fa2", "#66c2a5", "#b2182b", "#8da0cb", "#a6d854", "#e78ac3",
]  # fmt: skip
KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
STATE = ["name", "color", "key", "position", "shapes", "attributes", "skeleton"]
SHAPES = ["tag", "box", "rotated_box", "polygon", "polyline", "keypoints", "ellipse", "mask"]


class LabelClassQuerySet(models.QuerySet["LabelClass"]):
    def add(self, project, name: str, **fields) -> "LabelClass":
        """Append a class to the project, with the next free colour and key where none is given."""
        with transaction.atomic():
            taken = list(project.lock().classes.all())
            fields["color"] = fields.get("color") or next_color({each.color for each in taken}, len(taken))
            if not fields.get("key"):
                fields["key"] = next_key(name, {each.key for each in taken})
            position = max((each.position for each in taken), default=-1) + 1
            return self.create(project=project, name=name, position=position, **fields)

    def hold(self, project, *ids: int) -> "list[LabelClass]":
        """These classes of the project as they are now, nobody else's to change until the transaction ends.

        Raises:
            Conflict: one of them is not there any more.
        """
        project = project.lock()
        found = {each.pk: each for each in project.classes.select_for_update().filter(pk__in=ids)}
        if not set(ids) <= set(found):
            raise Conflict(_now("This class is not there any more: somebody has merged or deleted it."))
        return [found[pk] for pk in ids]

    def staying(self) -> Self:
        """Those that are not about to go into another class or to be deleted."""
        going = ClassChange.objects.unfinished().filter(verb__in=[ClassVerb.MERGED, ClassVerb.DELETED])
        return self.exclude(pk__in=going.exclude(subject=None).values("subject"))

    def states(self) -> dict[str, dict[str, Any] | None]:
        return {str(each.pk): each.state for each in self}

    def reorder(self, project, ids: list[int], actor) -> ClassChange | None:
        """Put the project's classes into this order; ValidationError unless each is named once."""
        with transaction.atomic():
            project.lock()
            classes = {each.pk: each for each in project.classes.select_for_update()}
            if sorted(ids) != sorted(classes):
                raise ValidationError({"ids": _now("Name every class of the project exactly once.")})
            before = {str(pk): each.state for pk, each in classes.items()}
            for position, pk in enumerate(ids):
                classes[pk].position = position
            self.bulk_update(classes.values(), ["position"])
            after = {str(pk): each.state for pk, each in classes.items()}
            if before == after:
                return None
            return ClassChange.objects.record(project, actor, ClassVerb.REORDERED, before, after)


class ClassNames(dict[int, str]):
    """Names by id, as they were when long work began; fails it in plain words when a class has been added since."""

    def __init__(self, classes: Iterable["LabelClass"]):
        super().__init__((each.pk, each.name) for each in classes)

    def __missing__(self, pk: int) -> str:
        raise JobFailure(_now("A class was added to the project meanwhile. Start again."))


class LabelClass(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="classes")
    name = models.CharField(max_length=200)
    color = models.CharField(max_length=7, validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is #rrggbb."))])
    key = models.CharField(max_length=1, blank=True)
    position = models.PositiveIntegerField(default=0)
    shapes = models.JSONField(default=list, blank=True)  # names out of SHAPES; empty: every shape
    attributes = models.JSONField(default=list, blank=True)
    skeleton = models.JSONField(default=dict, blank=True)  # of its keypoints; empty: points without names
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LabelClassQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="class_name_once_per_project"),
            models.UniqueConstraint(
                fields=["project", "key"], condition=~models.Q(key=""), name="class_key_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, shape: str) -> bool:
        return not self.shapes or shape in self.shapes

    @property
    def state(self) -> dict[str, Any]:
        """All that a person decides about it."""
        return {name: getattr(self, name) for name in STATE}

    def change(self, actor, **fields) -> ClassChange | None:
        """Change the class as it is now; None when nothing became different.

        Raises:
            Conflict: it is being merged or deleted, or annotations have values or points that would be lost.
        """
        with transaction.atomic():
            [now] = LabelClass.objects.hold(self.project, self.pk)
            now.refuse_going()
            if "attributes" in fields:
                self._refuse_losses(now, fields["attributes"])
            if "skeleton" in fields:
                refuse_loss(now, fields["skeleton"])
            before = now.state
            for name, value in fields.items():
                setattr(now, name, value)
                setattr(self, name, value)
            if now.state == before:
                return None
            now.save(update_fields=list(fields))
            pk = str(self.pk)
            states = {pk: before}, {pk: now.state}
            return ClassChange.objects.record(self.project, actor, ClassVerb.CHANGED, *states, subject=self.pk)

    def remove(self, actor) -> None:
        """Delete the class; 409 while annotations use it: they would lose their meaning."""
        if count := self.annotations.count():
            message = ngettext(
                "{count} annotation has this class. Give it another class first.",
                "{count} annotations have this class. Give them another class first.",
                count,
            )
            raise Conflict(message.format(count=count), "in_use", count=count)
        # Only suggestions are left, which a worker is not needed for.
        change = self.begin_deletion(actor, here=True)
        change.perform()
        if change.error:
            raise Conflict(change.error)

    def begin_deletion(self, actor, here: bool = False) -> ClassChange:
        """As ``ClassChange.objects.begin``."""
        with transaction.atomic():
            [now] = LabelClass.objects.hold(self.project, self.pk)
            states = {str(now.pk): now.state}, {str(now.pk): None}
            return ClassChange.objects.begin(
                now.project, actor, ClassVerb.DELETED, *states, here=here, subject=now.pk
            )  # fmt: skip

    def refuse_going(self) -> None:
        if going := ClassChange.objects.going(self.project).get(self.pk):
            message = _now("This class is about to go: {title}.").format(title=going.title)
            raise Conflict(message, "in_use")

    def _refuse_losses(self, now: "LabelClass", attributes: list[dict[str, Any]]) -> None:
        names = {each["name"] for each in attributes}
        was = {name: name for name in names}
        edit = AttributeEdit.stored(now.attributes, attributes, {"was": was})
        touched = sorted(edit.touched)
        if touched and self.annotations.filter(attributes__has_any_keys=touched).exists():
            message = _now(
                "Annotations have values of: {names}. Send the attributes to {address}, which carries values along."
            )
            address = f"/api/projects/{self.project_id}/classes/{self.pk}/attributes/"
            raise Conflict(message.format(names=", ".join(touched), address=address), "in_use")


def next_color(taken: set[str], count: int) -> str:
    return next((color for color in PALETTE if color not in taken), PALETTE[count % len(PALETTE)])


def next_key(name: str, taken: set[str]) -> str:
    """The class called 3 gets the key 3; the others the next free one, in the order in which they lie."""
    wanted = name.lower() if len(name) == 1 else ""
    return next((key for key in [wanted, *KEYS] if key and key in KEYS and key not in taken), "")
