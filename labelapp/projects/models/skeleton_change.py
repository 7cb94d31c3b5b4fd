"""What may become of a class's skeleton while shapes have it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.projects.errors import Conflict
from labelapp.projects.models.skeleton import Skeleton, names_of

SHAPE = "keypoints"


def refuse_loss(label_class: Any, new: Skeleton) -> None:
    """Points may be renamed and appended while there are shapes; taken away, or put elsewhere, they would mean another.

    Raises:
        Conflict: says how many shapes there are, and what to do.
    """
    old = names_of(label_class.skeleton)
    if keeps_places(old, names_of(new)) and (old or not new or points_used(label_class) <= len(new["points"])):
        return
    count = shapes_of(label_class)
    if not count:
        return
    message = ngettext(
        "{count} keypoints shape has the points of “{name}” as they are. Points can be renamed and added at the end, "
        "but not taken away or reordered: delete the shape first, or make a new class with this skeleton.",
        "{count} keypoints shapes have the points of “{name}” as they are. Points can be renamed and added at the end, "
        "but not taken away or reordered: delete the shapes first, or make a new class with this skeleton.",
        count,
    )
    raise Conflict(message.format(count=count, name=label_class.name), "in_use", count=count)


def may_go_back(label_class: Any, before: Skeleton) -> bool:
    """Whether an undo can take it: nothing that was drawn since has a point that would not be there."""
    if not before or not shapes_of(label_class):
        return True
    names, now = names_of(before), names_of(label_class.skeleton)
    if len(names) >= len(now):
        return keeps_places(now, names)
    return keeps_places(names, now) and points_used(label_class) <= len(names)


def refuse_other_points(source: Any, target: Any) -> None:
    """Shapes of a class go to another one only where their points mean the same there.

    Raises:
        Conflict: names both.
    """
    mine, theirs = names_of(source.skeleton), names_of(target.skeleton)
    if mine == theirs or (not mine and not shapes_of(source)) or (not theirs and not shapes_of(target)):
        return
    message = _(
        "The skeletons differ: “{source}” has {mine} points, “{target}” has {theirs}, and they are not the same ones "
        "in the same order. Give both the same points first."
    )
    values = {"source": source.name, "target": target.name, "mine": len(mine), "theirs": len(theirs)}
    raise Conflict(message.format(**values), "in_use")


def keeps_places(old: list[str], new: list[str]) -> bool:
    """Whether every point stays where it was, under the same name or a new one."""
    place = {name: number for number, name in enumerate(new)}
    return len(new) >= len(old) and all(place.get(name, number) == number for number, name in enumerate(old))


def shapes_of(label_class: Any) -> int:
    """How many shapes have its points, suggested ones too."""
    return sum(each.filter(shape=SHAPE).count() for each in (label_class.annotations, label_class.suggestions))


def points_used(label_class: Any) -> int:
    """How many points the longest of its shapes has, up to the last one that is there."""
    most = 0
    for shapes in (label_class.annotations, label_class.suggestions):
        for geometry in shapes.filter(shape=SHAPE).order_by().values_list("geometry", flat=True).iterator(2000):
            there = [number for number, point in enumerate(geometry["points"], 1) if point[2]]
            most = max(most, *there, 0)
    return most
