"""What a change of classes could not do, and why."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMES_KEPT = 20  # of images that could not be changed back


class Left:
    """Collects what could not be changed, by reason, with the names of some images."""

    def __init__(self, left: Iterable[dict[str, Any]] = ()):
        self._found: dict[str, dict[str, Any]] = {each["reason"]: each for each in left}

    def add(self, reason: str, name: str, count: int = 1) -> None:
        entry = self._found.setdefault(reason, {"reason": reason, "count": 0, "names": []})
        entry["count"] += count
        if name and name not in entry["names"] and len(entry["names"]) < NAMES_KEPT:
            entry["names"].append(name)

    def as_list(self) -> list[dict[str, Any]]:
        return list(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


def sentence(left: dict[str, Any]) -> str:
    count, names = left["count"], ", ".join(left["names"][:5])
    said = {
        "changed": ngettext(
            "{count} annotation has been changed by somebody since and stays as it is: {names}.",
            "{count} annotations have been changed by somebody since and stay as they are: {names}.",
            count,
        ),
        "deleted": ngettext(
            "{count} annotation has been deleted by somebody since: {names}.",
            "{count} annotations have been deleted by somebody since: {names}.",
            count,
        ),
        "occupied": ngettext(
            "{count} image has been given another class since and keeps it: {names}.",
            "{count} images have been given another class since and keep it: {names}.",
            count,
        ),
        "class_used": _("The class “{names}” stays: it has been used since."),
        "class_gone": _("The class “{names}” is not there any more."),
        "renamed": _("Its name is taken by now: the class came back as “{names}”."),
        "key_taken": _("Its key belongs to another class by now: {names}."),
        "field_changed": _("This has been changed again since and stays: {names}."),
        "skeleton_used": _("The skeleton of “{names}” stays: shapes have been drawn with its points since."),
        "attribute_used": _("This stays, as it has values that were given since: {names}."),
        "values_lost": ngettext(
            "{count} value did not fit the attributes of the other class and went: {names}.",
            "{count} values did not fit the attributes of the other class and went: {names}.",
            count,
        ),
    }  # fmt: skip
    return said[left["reason"]].format(count=count, names=names)
