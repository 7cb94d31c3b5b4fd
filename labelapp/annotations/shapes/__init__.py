"""One file per shape, each with ``normalise(geometry, width, height) -> geometry``; this is the registry."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.shapes import box, ellipse, keypoints, mask, polygon, polyline, rotated_box, tag
from labelapp.annotations.shapes.problem import Problem
from labelapp.formats.bounds import box_around as bounds

Geometry = dict[str, Any]
SHAPES: dict[str, Callable[[Geometry, int, int], Geometry]] = {
    "tag": tag.normalise,
    "box": box.normalise,
    "rotated_box": rotated_box.normalise,
    "polygon": polygon.normalise,
    "polyline": polyline.normalise,
    "keypoints": keypoints.normalise,
    "ellipse": ellipse.normalise,
    "mask": mask.normalise,
}

__all__ = ["SHAPES", "Geometry", "Problem", "bounds", "normalise"]


def normalise(shape: str, geometry: Any, width: int, height: int) -> Geometry:
    """The geometry as it is stored: floats, closed rings opened, clipped to the image where the shape allows it.

    Args:
        shape: a name out of SHAPES.
        geometry: what a client sent, of any type.
        width, height: of the upright original in pixels.

    Raises:
        Problem: names the field and what to do.
    """
    if not isinstance(geometry, dict):
        raise Problem("geometry", _("The geometry must be an object such as {example}.").format(example='{"box": []}'))
    return SHAPES[shape](geometry, width, height)
