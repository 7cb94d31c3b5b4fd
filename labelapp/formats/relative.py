"""Geometry in parts of an image's width and height, which a file gives without saying how large the image is."""

import math
from dataclasses import replace
from typing import Any

from labelapp.formats.records import AnnotationRecord


def in_pixels(annotation: AnnotationRecord, width: int, height: int) -> AnnotationRecord:
    """
    Args:
        annotation: a polygon or keypoints; a box as ``[cx, cy, w, h]``; a rotated box as its four ``corners``.
    """
    return replace(annotation, geometry=geometry_in_pixels(annotation.shape, annotation.geometry, width, height))


def geometry_in_pixels(shape: str, geometry: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    if shape == "box":
        cx, cy, w, h = geometry["box"]
        return {"box": [(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height]}
    if shape == "rotated_box":
        return box_of_corners([(x * width, y * height) for x, y in geometry["corners"]])
    if shape == "keypoints":
        return {"points": [[x * width, y * height, visibility] for x, y, visibility in geometry["points"]]}
    return {"rings": [[[x * width, y * height] for x, y in ring] for ring in geometry["rings"]]}


def box_of_corners(corners: list[tuple[float, float]]) -> dict[str, Any]:
    """The rotated box whose corners these are; where they are none of a rectangle, with their centre and mean sides.

    >>> box_of_corners([(1, 1), (1, 5), (3, 5), (3, 1)])
    {'box': [0.0, 2.0, 4.0, 2.0], 'angle': 90.0}
    """
    a, b, c, d = corners
    cx, cy = (sum(values) / 4 for values in zip(*corners, strict=True))
    w = (math.dist(a, b) + math.dist(d, c)) / 2
    h = (math.dist(b, c) + math.dist(a, d)) / 2
    angle = math.degrees(math.atan2(b[1] - a[1] + c[1] - d[1], b[0] - a[0] + c[0] - d[0]))
    return {"box": [cx - w / 2, cy - h / 2, w, h], "angle": angle % 360}
