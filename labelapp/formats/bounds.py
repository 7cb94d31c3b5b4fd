"""The upright box around a shape."""

import math
from typing import Any

from labelapp.formats import rle

ELLIPSE_POINTS = 72


def box_around(shape: str, geometry: dict[str, Any]) -> tuple[float, float, float, float] | None:
    """``x, y, w, h`` in pixels; None for a tag and for a shape without extent."""
    if shape == "box":
        x, y, w, h = geometry["box"]
        return x, y, w, h
    if shape == "mask":
        return rle.bounds(geometry["size"], geometry["counts"])
    if shape == "ellipse":
        return _around_ellipse(geometry)
    return _around_points(_points(shape, geometry))


def _points(shape: str, geometry: dict[str, Any]) -> list[tuple[float, float]]:
    if shape == "polygon":
        return [(x, y) for x, y in geometry["rings"][0]]
    if shape == "polyline":
        return [(x, y) for x, y in geometry["points"]]
    if shape == "keypoints":
        return [(x, y) for x, y, visibility in geometry["points"] if visibility]
    if shape == "rotated_box":
        return corners(geometry)
    return []


def corners(geometry: dict[str, Any]) -> list[tuple[float, float]]:
    x, y, w, h = geometry["box"]
    turn = math.radians(geometry.get("angle", 0))
    cos, sin = math.cos(turn), math.sin(turn)
    offsets = [(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)]
    return [(x + w / 2 + dx * cos - dy * sin, y + h / 2 + dx * sin + dy * cos) for dx, dy in offsets]


def _around_ellipse(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    (cx, cy), (rx, ry) = geometry["center"], geometry["radii"]
    turn = math.radians(geometry.get("angle", 0))
    half_w = math.hypot(rx * math.cos(turn), ry * math.sin(turn))
    half_h = math.hypot(rx * math.sin(turn), ry * math.cos(turn))
    return cx - half_w, cy - half_h, 2 * half_w, 2 * half_h


def _around_points(points: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def ellipse_ring(geometry: dict[str, Any]) -> list[tuple[float, float]]:
    """Points on it, which draw it well enough where a format knows polygons only."""
    (cx, cy), (rx, ry) = geometry["center"], geometry["radii"]
    turn = math.radians(geometry.get("angle", 0))
    cos, sin = math.cos(turn), math.sin(turn)
    steps = [2 * math.pi * each / ELLIPSE_POINTS for each in range(ELLIPSE_POINTS)]
    around = [(rx * math.cos(step), ry * math.sin(step)) for step in steps]
    return [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in around]
