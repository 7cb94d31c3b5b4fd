"""Skeletons and keypoints in a file, against those of the project's classes."""

from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.skeleton_fit import fitted, nearest
from labelapp.annotations.shapes import Geometry, Problem
from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spooled
from labelapp.formats.records import Columns
from labelapp.lib.text import shorten
from labelapp.projects.models import LabelClass
from labelapp.projects.models.attribute_definitions import Misfit
from labelapp.projects.models.skeleton import Skeleton, names_of, read_skeleton
from labelapp.projects.models.skeleton_change import points_used


class FileSkeletons:
    """
    Args:
        classes: of the project, by name.
        may_give: whether classes without a skeleton get the one of the file.
    """

    def __init__(self, report: Report, columns: Columns, classes: dict[str, LabelClass], may_give: bool):
        self._report, self._columns, self._classes = report, columns, classes
        self._of_file = {name: readable(each) for name, each in columns.skeletons.items()} if may_give else {}
        self._names = {name: names_of(readable(each)) for name, each in columns.skeletons.items()}
        self._targets: dict[str, LabelClass] = {}
        self._refused: set[str] = set()
        self._given: dict[str, Skeleton] = {}

    def fitted(self, spooled: Spooled, geometry: Geometry, old: Row) -> Geometry | None:
        """Keypoints as the class has them, other shapes as they are; None for what the report then refuses."""
        assert spooled.annotation is not None
        name = spooled.annotation.label_class
        if spooled.annotation.shape != "keypoints":
            return geometry
        target = self._target(name)
        if problem := self._different(name, target):
            if name not in self._refused:
                self._report.refuse(spooled, self._columns.label_class, problem)
            self._refused.add(name)
            return None
        same = old | {"class": target.pk} if old.get("class_name") == name else {}
        try:
            return fitted(target, nearest(target, geometry), same)
        except Problem as problem_:
            self._report.refuse(spooled, self._columns.of_shape("keypoints"), problem_.message)
            return None

    def given(self, needed: dict[str, int | None]) -> dict[str, Skeleton]:
        """What classes get by the import: new ones, which have no id in ``needed``, and those that had none."""
        new = {name: self._of_file.get(name, {}) for name, pk in needed.items() if pk is None}
        return {name: each for name, each in (self._given | new).items() if each}

    def _target(self, name: str) -> LabelClass:
        """The class as it is once the file has been imported."""
        if name not in self._targets:
            known = self._classes.get(name) or LabelClass(name=name)
            skeleton = self._of_file.get(name, {})
            if skeleton and not known.skeleton and (known.pk is None or points_used(known) <= len(skeleton["points"])):
                self._given[name] = known.skeleton = skeleton
            self._targets[name] = known
        return self._targets[name]

    def _different(self, name: str, target: LabelClass) -> str:
        """Why points of this file cannot be those of the class: as many, but not the same or not in this order."""
        mine, theirs = names_of(target.skeleton), self._names.get(name, [])
        if len(mine) != len(theirs) or mine == theirs or all(each.isdecimal() for each in theirs):
            return ""
        message = _(
            "The points of “{name}” in the file are {theirs}, but those of the class are {mine}. Rename them in one of "
            "the two, or give the class in the file another name."
        )
        return message.format(name=name, theirs=listed(theirs), mine=listed(mine))


def readable(skeleton: Any) -> Skeleton:
    """None where the file has more or other things than a class can have: then points stay without names."""
    try:
        return read_skeleton(skeleton)
    except Misfit:
        return {}


def listed(names: list[str]) -> str:
    return shorten(", ".join(names), 200)
