"""The box around any shape."""

import math
from typing import Any

import numpy as np

Box = tuple[float, float, float, float]


def bounds(shape: str, geometry: dict[str, Any]) -> Box | None:
    """Returns left, top, right and bottom in pixels from the outer edges; None for what has no extent, such as a tag.

    Args:
        shape: as annotations have it.
        geometry: of that shape, in pixels.

    Example:
        >>> bounds("box", {"box": [10, 20, 30, 40]})
        (10.0, 20.0, 40.0, 60.0)
    """
    if shape == "box":
        x, y, width, height = geometry["box"]
        return float(x), float(y), float(x + width), float(y + height)
    if shape == "ellipse":
        (x, y), (across, down), angle = geometry["center"], geometry["radii"], math.radians(geometry.get("angle", 0))
        half_width = math.hypot(across * math.cos(angle), down * math.sin(angle))
        half_height = math.hypot(across * math.sin(angle), down * math.cos(angle))
        return x - half_width, y - half_height, x + half_width, y + half_height
    if shape == "mask":
        return _of_runs(geometry["size"], geometry["counts"])
    points = _points(shape, geometry)
    if not len(points):
        return None
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def corners(geometry: dict[str, Any]) -> np.ndarray:
    """Returns the corners of a rotated box, clockwise on screen, shape (4, 2)."""
    x, y, width, height = geometry["box"]
    angle = math.radians(geometry.get("angle", 0))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    offsets = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
    return offsets @ turn + [x + width / 2, y + height / 2]


def _points(shape: str, geometry: dict[str, Any]) -> np.ndarray:
    if shape == "rotated_box":
        return corners(geometry)
    if shape == "polygon":
        return np.array(geometry["rings"][0], np.float64)
    if shape == "polyline":
        return np.array(geometry["points"], np.float64)
    if shape == "keypoints":
        return np.array([point[:2] for point in geometry["points"] if point[2]], np.float64).reshape(-1, 2)
    return np.zeros((0, 2))


def _of_runs(size: tuple[int, int], counts: list[int]) -> Box | None:
    """Of a mask in COCO's runs: column by column, background first."""
    height, _width = size
    ends = np.cumsum(counts)
    starts, ends = ends[0::2][: len(counts) // 2], ends[1::2]
    drawn = ends > starts
    starts, ends = starts[drawn], ends[drawn] - 1
    if not len(starts):
        return None
    spans = ends // height > starts // height  # what goes round a column's end touches top and bottom
    top = np.where(spans, 0, starts % height).min()
    bottom = np.where(spans, height - 1, ends % height).max()
    return float(starts[0] // height), float(top), float(ends[-1] // height + 1), float(bottom + 1)
