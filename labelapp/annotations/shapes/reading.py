"""Reading numbers, points and fields out of what a client sent."""

import math
from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.shapes.problem import Problem

SMALLEST_PX = 1e-12  # below, nobody sees it and sums lose it
# A point this far outside is taken for a rounding error and moved onto the border.
TOLERANCE_PX = 1.0


def fields(geometry: dict[str, Any], required: set[str], optional: frozenset[str] = frozenset()) -> None:
    for name in sorted(required - geometry.keys()):
        raise Problem(f"geometry.{name}", _("This field is missing."))
    for name in sorted(geometry.keys() - required - optional):
        raise Problem(f"geometry.{name}", _("This shape has no such field. Leave it out."))


def number(value: Any, field: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value):
        return float(value)
    raise Problem(field, _("A finite number is needed here, in pixels or degrees."))


def numbers(value: Any, field: str, count: int) -> list[float]:
    if not isinstance(value, (list, tuple)) or len(value) != count:
        raise Problem(field, _("A list of {count} numbers is needed here.").format(count=count))
    return [number(each, f"{field}.{index}") for index, each in enumerate(value)]


def points(value: Any, field: str) -> list[list[float]]:
    if not isinstance(value, (list, tuple)):
        raise Problem(field, _("A list of points [x, y] is needed here."))
    return [numbers(each, f"{field}.{index}", 2) for index, each in enumerate(value)]


def angle(geometry: dict[str, Any]) -> float:
    """Degrees, 0 up to 360."""
    return number(geometry.get("angle", 0.0), "geometry.angle") % 360.0


def inside(x: float, y: float, width: int, height: int, field: str) -> tuple[float, float]:
    """The point itself, or the border when it is outside by no more than a rounding error."""
    if not (-TOLERANCE_PX <= x <= width + TOLERANCE_PX and -TOLERANCE_PX <= y <= height + TOLERANCE_PX):
        message = _("The point lies outside the image, which is {width} x {height} pixels. Move it inside.")
        raise Problem(field, message.format(width=width, height=height))
    return min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))


def positive(value: float, field: str) -> None:
    if value < SMALLEST_PX:
        raise Problem(field, _("Width, height and radii must be greater than 0."))


def outside(field: str, width: int, height: int) -> Problem:
    message = _("The shape lies wholly outside the image, which is {width} x {height} pixels.")
    return Problem(field, message.format(width=width, height=height))
