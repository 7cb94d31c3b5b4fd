"""One annotation as the numbers of a YOLO line: parts of the image's width and height."""

from collections.abc import Iterable
from typing import Any

from labelapp.formats import rings
from labelapp.formats.bounds import box_around, corners, ellipse_ring
from labelapp.formats.mask_outline import mask_rings
from labelapp.formats.records import AnnotationRecord, ImageRecord

DIGITS = 6
POSE_START = 4  # the box stands before the points
Point = Iterable[float]


def values_of(task: str, annotation: AnnotationRecord, image: ImageRecord) -> list[float]:
    """Empty where the task has no place for the shape."""
    shape, geometry = annotation.shape, annotation.geometry
    width, height = image.width or 1, image.height or 1
    if task == "detect":
        return box_values(shape, geometry, width, height)
    if task == "segment":
        return parts(outline(shape, geometry), width, height)
    if task == "obb":
        return parts(smallest_box(shape, geometry), width, height)
    if shape != "keypoints":
        return []
    box = box_values(shape, geometry, width, height, flat=True)
    return box + [each for point in geometry["points"] for each in keypoint(point, width, height)]


def line_of(number: int, values: list[float], length: int) -> str:
    """
    Args:
        length: to which a line is filled up with points that are not there; 0: not at all.
    """
    filled = values + [0] * (length - len(values))
    return " ".join([str(number), *(text_of(value) for value in filled)]) + "\n"


def text_of(value: float) -> str:
    return f"{value:.{DIGITS + 1}f}".rstrip("0").rstrip(".")  # the middle of two edges has one digit more


def box_values(shape: str, geometry: dict[str, Any], width: int, height: int, flat: bool = False) -> list[float]:
    """Centre and size. Edges are rounded, not these, so that a box at the border stays inside.

    Args:
        flat: also of what has no extent.
    """
    box = box_around(shape, geometry)
    if box is None:
        return []
    x, y, w, h = box
    left, right = part(x, width), part(x + w, width)
    top, bottom = part(y, height), part(y + h, height)
    if (left >= right or top >= bottom) and not flat:
        return []
    return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]


def keypoint(point: list[float], width: int, height: int) -> list[float]:
    x, y, visibility = point
    return [part(x, width), part(y, height), visibility] if visibility else [0, 0, 0]


def parts(ring: Iterable[Point], width: int, height: int) -> list[float]:
    return [value for x, y in ring for value in (part(x, width), part(y, height))]


def part(value: float, whole: int) -> float:
    """Inside the image: Ultralytics leaves out an image of which one number is not."""
    return min(max(round(value / whole, DIGITS), 0.0), 1.0)


def outline(shape: str, geometry: dict[str, Any]) -> Iterable[Point]:
    """One ring around what has an area."""
    if shape in ("box", "rotated_box"):
        return corners(geometry)
    if shape == "ellipse":
        return ellipse_ring(geometry)
    if shape == "polygon":
        return rings.joined(geometry["rings"], holes=True)
    if shape == "mask":
        outer, holes = mask_rings(geometry["size"], geometry["counts"])
        return rings.joined([rings.joined(outer, holes=False), *holes], holes=True)
    return []


def smallest_box(shape: str, geometry: dict[str, Any]) -> Iterable[Point]:
    """The corners of the smallest box around a shape, turned where that is smaller."""
    if shape in ("box", "rotated_box"):
        return corners(geometry)
    if shape == "ellipse":
        (x, y), (rx, ry) = geometry["center"], geometry["radii"]
        return corners({"box": [x - rx, y - ry, 2 * rx, 2 * ry], "angle": geometry.get("angle", 0)})
    if shape in ("polygon", "mask"):
        return turned_box(list(outline(shape, geometry)))
    box = box_around(shape, geometry)
    return corners({"box": box}) if box and box[2] and box[3] else []


def turned_box(points: list[Point]) -> Iterable[Point]:
    import cv2
    import numpy as np

    around = cv2.minAreaRect(np.array(points, np.float32))
    return [(float(x), float(y)) for x, y in cv2.boxPoints(around)]
