"""The classes that annotations may be given now, and a plain word about those that have gone meanwhile."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.shapes import Problem
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass, Project
from labelapp.projects.models.attribute import Attribute, attributes_of

Gone = dict[str, Any]


class ClassesAtHand:
    """Of one project, read when first asked for. ``gone`` collects what was asked for and is not there any more."""

    def __init__(self, project: Project):
        self._project = project
        self._attributes: dict[int, list[Attribute]] = {}
        self.gone: dict[int, Gone] = {}

    @cached_property
    def _classes(self) -> dict[int, LabelClass]:
        return {each.pk: each for each in self._project.classes.all()}

    @cached_property
    def _going(self) -> dict[int, ClassChange]:
        return ClassChange.objects.going(self._project)

    def get(self, pk: Any) -> LabelClass:
        """
        Raises:
            Problem: there is no such class, or it is about to go; says by whom and where to, where that is known.
        """
        label_class = self._classes.get(pk) if type(pk) is int else None
        if label_class is None or label_class.pk in self._going:
            raise Problem("class", self._missing(pk))
        return label_class

    def attributes(self, pk: int) -> list[Attribute]:
        if pk not in self._attributes:
            label_class = self._classes.get(pk)
            self._attributes[pk] = attributes_of(label_class) if label_class else []
        return self._attributes[pk]

    @property
    def requiring(self) -> list[int]:
        """Those with an attribute that has to have a value."""
        return [pk for pk in self._classes if any(each.required for each in self.attributes(pk))]

    def name(self, pk: int) -> str:
        return self._classes[pk].name if pk in self._classes else ""

    def refuse_gone(self, ids: Iterable[int]) -> None:
        """
        Raises:
            ValidationError: one of these is not there any more.
        """
        try:
            for pk in sorted(set(ids)):
                self.get(pk)
        except Problem as problem:
            message = problem.message if self.gone else _("A class of these annotations has been deleted since.")
            raise class_gone({"class": [message]}, self.gone) from None

    def _missing(self, pk: Any) -> str:
        end = ClassChange.objects.end_of(self._project, pk) if type(pk) is int and 0 < pk < 2**63 else None
        if end is None:
            return _("The id of a class of this project is needed here.")
        name, actor = (end.before.get(str(pk)) or {}).get("name", ""), end.created_by.display_name
        into = end.choices.get("into") if end.verb == ClassVerb.MERGED else None
        target = self._classes.get(into) if into else None
        self.gone[pk] = {"id": pk, "name": name, "into": target and {"id": target.pk, "name": target.name}}
        if target is not None:
            message = _("{actor} has merged the class “{name}” into “{into}”.")
            return message.format(actor=actor, name=name, into=target.name)
        return _("{actor} has deleted the class “{name}”.").format(actor=actor, name=name)


def class_gone(problems: dict[str, Any], gone: dict[int, Gone]) -> ValidationError:
    """400 that also tells a page which classes went, and into which."""
    error = ValidationError(problems)
    if gone:
        error.extra = {"classes_gone": list(gone.values())}  # type: ignore[attr-defined]
    return error
