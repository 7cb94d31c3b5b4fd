"""The shape of a COCO annotation: keypoints where it has some, else its segmentation, else its box, else a tag."""

import math
from typing import Any

from labelapp.formats import rings
from labelapp.formats.errors import Problem, gettext_noop
from labelapp.formats.fields import Fields
from labelapp.formats.rle import decompress

Shape = tuple[str, dict[str, Any]]


def read_shape(fields: Fields, rotation: Any = None) -> Shape:
    """
    Args:
        rotation: degrees by which other tools say that the box is turned (``attributes.rotation`` of CVAT).

    Raises:
        Problem: names the field.
    """
    points = keypoints(fields.get("keypoints"))
    if any(point[2] for point in points):
        return "keypoints", {"points": points}
    segmentation = fields.get("segmentation")
    if segmentation:
        return outline(segmentation)
    box = fields.get("bbox")
    if not box:
        return "tag", {}
    if is_number(rotation) and rotation % 360:
        return "rotated_box", {"box": box, "angle": rotation}
    return "box", {"box": box}


def keypoints(value: Any) -> list[list[float]]:
    if not value:
        return []
    if not isinstance(value, list) or len(value) % 3 or not all(map(is_number, value)):
        message = gettext_noop("Keypoints are one list of x, y, visibility, x, y, visibility and so on.")
        raise Problem("keypoints", message)
    return [value[start : start + 3] for start in range(0, len(value), 3)]


def outline(segmentation: Any) -> Shape:
    if isinstance(segmentation, dict):
        return "mask", mask(segmentation)
    if not isinstance(segmentation, list):
        message = gettext_noop("A list of polygons is needed here, or an object with “size” and “counts”.")
        raise Problem("segmentation", message)
    parts = [ring(part, f"segmentation[{index}]") for index, part in enumerate(segmentation)]
    return "polygon", {"rings": [rings.joined(parts, holes=False)]}


def ring(part: Any, column: str) -> rings.Ring:
    if not isinstance(part, list) or not all(map(is_number, part)):
        raise Problem(column, gettext_noop("A list of numbers is needed here: x, y, x, y and so on."))
    if len(part) % 2 or len(part) < 6:
        message = gettext_noop("This polygon has {count} numbers. Pairs of x and y are needed, at least three.")
        raise Problem(column, message, count=len(part))
    return [part[start : start + 2] for start in range(0, len(part), 2)]


def mask(value: dict[str, Any]) -> dict[str, Any]:
    counts = value.get("counts")
    if isinstance(counts, str):
        try:
            counts = decompress(counts)
        except ValueError as error:
            message = gettext_noop("This is no compressed COCO RLE (near “{near}”).")
            raise Problem("segmentation.counts", message, near=str(error)) from None
    return {"size": value.get("size"), "counts": counts}


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value)
