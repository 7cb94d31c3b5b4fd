from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.problem import Problem


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Points that are there (visibility 1 or 2) must lie inside; the others are stored at 0, 0 as COCO does."""
    reading.fields(geometry, {"points"})
    if not isinstance(geometry["points"], list):
        raise Problem("geometry.points", _("A list of points [x, y, visibility] is needed here."))
    points = [
        _point(value, f"geometry.points.{index}", width, height) for index, value in enumerate(geometry["points"])
    ]
    if not any(visibility for _x, _y, visibility in points):
        raise Problem("geometry.points", _("At least one point must have visibility 1 or 2."))
    return {"points": points}


def _point(value: Any, field: str, width: int, height: int) -> list[float]:
    x, y, visibility = reading.numbers(value, field, 3)
    if visibility not in (0, 1, 2):
        raise Problem(f"{field}.2", _("Visibility is 0 (not there), 1 (hidden) or 2 (visible)."))
    if not visibility:
        return [0.0, 0.0, 0]
    return [*reading.inside(x, y, width, height, field), int(visibility)]
