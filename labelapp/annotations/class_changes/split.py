from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes.rewriting import Rewriting
from labelapp.annotations.models import Annotation
from labelapp.annotations.models.annotation import Row
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.lib.twins import refusing_twins
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass
from labelapp.projects.models.attribute import attributes_of
from labelapp.projects.models.job import JobFailure


def chosen_annotations(label_class: LabelClass, choices: dict[str, Any]) -> QuerySet[Annotation]:
    """Those of the class that fit every choice: filters of images, shapes, sources, values of attributes."""
    chosen = Annotation.objects.filter(label_class=label_class)
    if filters := choices.get("filters"):
        images = ImageFilters(filters).apply(Image.objects.filter(project=label_class.project_id))
        chosen = chosen.filter(image__in=images.order_by().values("pk"))
    if shapes := choices.get("shapes"):
        chosen = chosen.filter(shape__in=shapes)
    if sources := choices.get("sources"):
        chosen = chosen.filter(source__in=sources)
    for number, (name, value) in enumerate((choices.get("attributes") or {}).items()):
        refuse_unknown(label_class, name)
        alias = f"value{number}"
        chosen = chosen.alias(**{alias: KeyTransform(name, "attributes")}).filter(**{alias: value})
    return chosen


def refuse_unknown(label_class: LabelClass, name: str) -> None:
    if name not in {each.name for each in attributes_of(label_class)}:
        message = _("The class “{name}” has no attribute “{attribute}”.")
        raise ValidationError({"attributes": {name: [message.format(name=label_class.name, attribute=name)]}})


def start_split(actor, label_class: LabelClass, name: str, choices: dict[str, Any]) -> ClassChange:
    """Move some annotations of a class to a new class that is like it."""
    if not chosen_annotations(label_class, choices).exists():
        raise ValidationError({"non_field_errors": [_("No annotation of this class fits these choices.")]})
    with transaction.atomic(), refusing_twins("name", _("There is a class of this name already.")):
        [label_class] = LabelClass.objects.hold(label_class.project, label_class.pk)
        label_class.refuse_going()
        project = label_class.project
        new = LabelClass.objects.add(
            project, name, shapes=label_class.shapes, attributes=label_class.attributes, skeleton=label_class.skeleton
        )  # fmt: skip
        return ClassChange.objects.begin(
            project, actor, ClassVerb.SPLIT, {str(new.pk): None}, {str(new.pk): new.state}, subject=new.pk,
            choices={"from": label_class.pk, "from_name": label_class.name, **choices},
        )  # fmt: skip


class Split(Rewriting):
    def __init__(self, change: ClassChange):
        super().__init__(change)
        self.source = LabelClass.objects.filter(pk=change.choices["from"]).first()

    def perform(self) -> None:
        if self.source is None or not LabelClass.objects.filter(pk=self.change.subject or 0).exists():
            raise JobFailure(_("The class is not there any more."))
        self.walk()

    def todo(self) -> QuerySet[Annotation]:
        assert self.source
        return chosen_annotations(self.source, self.change.choices)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        return [row | {"class": self.change.subject, "updated_at": self.now} for row in rows], []
