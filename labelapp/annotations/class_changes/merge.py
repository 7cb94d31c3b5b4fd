from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes.leaving import take_class_away
from labelapp.annotations.class_changes.rewriting import Rewriting
from labelapp.annotations.class_changes.suggestions import move_suggestions
from labelapp.annotations.models import Annotation
from labelapp.annotations.models.annotation import Row
from labelapp.images.models import Image
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass
from labelapp.projects.models.attribute import Attribute, attributes_of
from labelapp.projects.models.skeleton_change import refuse_other_points

LEARNT = ("shapes", "attributes", "skeleton")  # by the class that others are merged into


def start_merge(actor, source: LabelClass, target: LabelClass) -> ClassChange:
    """All annotations and suggestions of ``source`` become those of ``target``, and ``source`` goes.

    The target learns the shapes, attributes and skeleton of what comes, so that nothing is lost on the way.
    """
    if source.pk == target.pk:
        raise ValidationError({"into": _("A class cannot be merged into itself.")})
    with transaction.atomic():
        source, target = LabelClass.objects.hold(source.project, source.pk, target.pk)
        refuse_other_points(source, target)
        before: dict[str, Any] = {str(source.pk): source.state, str(target.pk): target.state}
        after: dict[str, Any] = {
            str(source.pk): None,
            str(target.pk): target.state
            | {"shapes": widened_shapes(source, target), "attributes": widened_attributes(source, target)}
            | {"skeleton": target.skeleton or source.skeleton},
        }
        change = ClassChange.objects.begin(
            target.project, actor, ClassVerb.MERGED, before, after, subject=source.pk,
            choices={"into": target.pk, "into_name": target.name},
        )  # fmt: skip
        for field in LEARNT:
            setattr(target, field, after[str(target.pk)][field])
        target.save(update_fields=LEARNT)
    return change


def widened_shapes(source: LabelClass, target: LabelClass) -> list[str]:
    if not target.shapes:
        return []
    used = source.annotations.order_by().values_list("shape", flat=True).distinct()
    return [*target.shapes, *(shape for shape in used if shape not in target.shapes)]


def widened_attributes(source: LabelClass, target: LabelClass) -> list[dict[str, Any]]:
    """The target's, with those that only the source has: none of them required, for the target's have no values."""
    own = {each.name: each for each in attributes_of(target)}
    for each in attributes_of(source):
        mine = own.get(each.name)
        if mine is None:
            own[each.name] = Attribute.stored(each.as_json() | {"required": False, "default": None})
        elif mine.type == each.type == "select":
            options = list(dict.fromkeys([*mine.options, *each.options]))
            own[each.name] = Attribute.stored(mine.as_json() | {"options": options})
    return [each.as_json() for each in own.values()]


class Merge(Rewriting):
    def __init__(self, change: ClassChange):
        super().__init__(change)
        self.source, self.target = change.subject or 0, change.choices["into"]
        self.attributes = {
            each.name: each
            for each in map(Attribute.stored, change.after[str(self.target)]["attributes"])
        }  # fmt: skip

    def perform(self) -> None:
        if not LabelClass.objects.filter(pk=self.source).exists():
            return  # a worker that died had come to the end
        take_class_away(
            self, self.source, lambda: move_suggestions(self.change, self.source, self.target)
        )  # fmt: skip

    def todo(self) -> QuerySet[Annotation]:
        return Annotation.objects.filter(label_class=self.source)

    def needed(self, images: list[Image]) -> QuerySet[Annotation]:
        mine, theirs = Q(label_class=self.source), Q(label_class=self.target, shape="tag")
        return Annotation.objects.filter(mine | theirs, image__in=images)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """Where an image has both as tags, the target's stays."""
        tagged = any(row["class"] == self.target for row in rows)
        upsert, delete = [], []
        for row in rows:
            if row["class"] != self.source:
                continue
            if row["shape"] == "tag" and tagged:
                delete.append(row)
                continue
            values = self._values(image, row)
            upsert.append(row | {"class": self.target, "attributes": values, "updated_at": self.now})
        self.counts["both"] += len(delete)
        return upsert, delete

    def _values(self, image: Image, row: Row) -> dict[str, Any]:
        kept = {}
        for name, value in row["attributes"].items():
            attribute = self.attributes.get(name)
            if attribute is None or not attribute.problem(value):
                kept[name] = value
            else:
                self.left.add("values_lost", image.name)
        return kept
