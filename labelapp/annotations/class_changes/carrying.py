"""Changing the attributes of a class: the values that annotations have are carried along."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes.rewriting import Rewriting
from labelapp.annotations.models import Annotation
from labelapp.annotations.models.annotation import AnnotationQuerySet, Row
from labelapp.images.models import Image
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass
from labelapp.projects.models.attribute import attributes_of, missing_in
from labelapp.projects.models.attribute_definitions import Misfit
from labelapp.projects.models.attribute_edit import AttributeEdit, Losses


def read_edit(label_class: LabelClass, sent: Any) -> AttributeEdit:
    try:
        return AttributeEdit.read(attributes_of(label_class), sent)
    except Misfit as misfit:
        raise ValidationError({"attributes": misfit.nested}) from None


def preview(label_class: LabelClass, edit: AttributeEdit) -> dict[str, Any]:
    """How many annotations change, which values go with the edit, and how many lack what is required from now on."""
    losses, changed, incomplete = Losses(), 0, lacking(label_class.pk, edit)
    for values, count in valued(label_class.pk, edit).by_values():
        after, lost = edit.carry(values)
        losses.add(lost, count)
        changed += count * (after != values)
        incomplete += count * bool(missing_in(edit.new, after))
    return {"changed": changed, "lost": losses.as_list(edit), "incomplete": incomplete}


def lost_values(label_class: LabelClass, edit: AttributeEdit) -> list[dict[str, Any]]:
    losses = Losses()
    for values, count in valued(label_class.pk, edit).by_values():
        losses.add(edit.carry(values)[1], count)
    return losses.as_list(edit)


def lacking(label_class: int, edit: AttributeEdit) -> int:
    """How many of the annotations whose values all stay lack one that is required from now on."""
    required = [each.name for each in edit.new if each.required]
    if not required:
        return 0
    staying = Annotation.objects.filter(label_class=label_class)
    if touched := sorted(edit.touched):
        staying = staying.exclude(attributes__has_any_keys=touched)
    empty = {f"value{number}": KeyTransform(name, "attributes") for number, name in enumerate(required)}
    lacks = ~Q(attributes__has_keys=required)
    for alias in empty:
        lacks |= Q(**{alias: ""})
    return staying.alias(**empty).filter(lacks).count()


def change_attributes(actor, label_class: LabelClass, edit: AttributeEdit) -> ClassChange | None:
    """Give a class other attributes; None when they are the same. The values follow as long work, if there are any."""
    with transaction.atomic():
        [now] = LabelClass.objects.hold(label_class.project, label_class.pk)
        now.refuse_going()
        if attributes_of(now) != edit.old:
            edit = AttributeEdit(attributes_of(now), edit.new, edit.was, edit.renamed)
        before = now.state
        now.attributes = [each.as_json() for each in edit.new]
        if now.state == before and not edit.touched:
            return None
        pk = str(now.pk)
        asked: dict[str, Any] = {"subject": now.pk, "choices": {"names": {pk: edit.names}}}
        states = {pk: before}, {pk: now.state}
        if valued(now.pk, edit).exists():
            change = ClassChange.objects.begin(now.project, actor, ClassVerb.CHANGED, *states, **asked)
        else:
            change = ClassChange.objects.record(now.project, actor, ClassVerb.CHANGED, *states, **asked)
        now.save(update_fields=["attributes"])
        return change


def valued(label_class: int, edit: AttributeEdit) -> AnnotationQuerySet:
    """Annotations with a value that may become different."""
    touched = sorted(edit.touched)
    found = Annotation.objects.filter(label_class=label_class)
    return found.filter(attributes__has_any_keys=touched) if touched else found.none()


class Carrying(Rewriting):
    """One walk per class: a name that was given to another attribute must not be carried twice."""

    def perform(self) -> None:
        for pk, names in self.change.choices.get("names", {}).items():
            before, after = self.change.before[pk], self.change.after[pk]
            if before is None or after is None:
                continue
            self.label_class = int(pk)
            self.edit = AttributeEdit.stored(before["attributes"], after["attributes"], names)
            self.go_round(self.change.revision_key(pk))
        self.change.report(1.0, counts=dict(self.counts))

    def todo(self) -> QuerySet[Annotation]:
        return valued(self.label_class, self.edit)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        upsert = []
        for row in rows:
            values, lost = self.edit.carry(row["attributes"])
            self.counts["lost"] += len(lost)
            if values != row["attributes"]:
                upsert.append(row | {"attributes": values, "updated_at": self.now})
        return upsert, []
