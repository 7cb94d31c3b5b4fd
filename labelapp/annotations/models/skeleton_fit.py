"""Keypoints against the skeleton of their class."""

from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.shapes import Geometry, Problem
from labelapp.projects.models import ClassChange, LabelClass
from labelapp.projects.models.skeleton import names_of

ABSENT = [0.0, 0.0, 0]


def fitted(label_class: LabelClass, geometry: Geometry, old: dict[str, Any]) -> Geometry:
    """With as many points as the skeleton has; without a skeleton any number will do.

    What was drawn before the skeleton got more points has fewer: the new ones are not there. What an annotation has
    already may stay.

    Args:
        geometry: keypoints, checked otherwise.
        old: the annotation as it is stored; empty for a new one.

    Raises:
        Problem: says how many points are needed.
    """
    size, count = len(names_of(label_class.skeleton)), len(geometry["points"])
    if not size or count == size:
        return geometry
    had = len(old["geometry"]["points"]) if same_points(label_class, old) else None
    if count == had and count > size:
        return geometry
    if count < size and (count == had or count in earlier_sizes(label_class)):
        return filled(geometry, size)
    message = _(
        "The skeleton of “{name}” has {size} points, and here are {count}. Send each of them, with visibility 0 where "
        "it is not there."
    )
    raise Problem("geometry.points", message.format(name=label_class.name, size=size, count=count))


def same_points(label_class: LabelClass, old: dict[str, Any]) -> bool:
    return old.get("shape") == "keypoints" and label_class.pk == old.get("class")


def filled(geometry: Geometry, size: int) -> Geometry:
    points = geometry["points"]
    return geometry | {"points": [*points, *(list(ABSENT) for _each in range(size - len(points)))]}


def nearest(label_class: LabelClass | None, geometry: Geometry) -> Geometry:
    """What a file or a model may have meant: shorter ones are filled up, and points too many go where none is there."""
    size = len(names_of(label_class.skeleton)) if label_class else 0
    points = geometry["points"]
    if not size or any(point[2] for point in points[size:]):
        return geometry
    return filled(geometry | {"points": points[:size]}, size)


def told(geometry: Geometry) -> Geometry:
    """Up to the last point that is there: what was drawn before others were appended is the same with and without them.

    >>> told({"points": [[1, 2, 2], [0, 0, 0]]})
    {'points': [[1, 2, 2]]}
    """
    points = geometry["points"]
    last = max((number for number, point in enumerate(points, 1) if point[2]), default=0)
    return geometry | {"points": points[:last]}


def earlier_sizes(label_class: LabelClass) -> set[int]:
    """How many points it had before: somebody may have drawn without knowing of the new ones."""
    changes = ClassChange.objects.filter(project=label_class.project_id, before__has_key=str(label_class.pk))
    states = (before[str(label_class.pk)] or {} for before in changes.values_list("before", flat=True))
    return {len(names_of(each.get("skeleton") or {})) for each in states}
