"""How much two shapes overlap."""

import math
from typing import Any

import cv2
import numpy as np

from labelapp.formats.bounds import box_around
from labelapp.formats.pixels import of_counts, rings_of

SIDE = 256  # pixels of the raster on which shapes that are no upright boxes are compared
SHIFT = 8  # OpenCV takes places in 256ths of a pixel
THICKNESS = 0.03  # of a line, as a share of the diagonal of what is compared
SPREAD = 0.1  # keypoints: so far apart, as a share of the object's size, they count 0.6
Row = dict[str, Any]


class Area:
    """A shape as it is compared; made once for many comparisons.

    Args:
        row: with ``shape`` and ``geometry`` as the API has them, no tag.
    """

    def __init__(self, row: Row):
        self.shape: str = row["shape"]
        self.geometry: dict[str, Any] = row["geometry"]
        x, y, w, h = box_around(self.shape, self.geometry) or (0.0, 0.0, 0.0, 0.0)
        self.box_xyxy = (x, y, x + w, y + h)
        # Lines and points have no area: they are compared among their own kind.
        self.kind = self.shape if self.shape in ("polyline", "keypoints") else "area"
        self.mask = cut_mask(self.geometry, self.box_xyxy) if self.shape == "mask" else None

    @property
    def size(self) -> tuple[float, float]:
        left, top, right, bottom = self.box_xyxy
        return right - left, bottom - top


def iou_matrix(first: list[Area], second: list[Area]) -> np.ndarray:
    """Intersection over union of each with each, 0 to 1, of shape ``(len(first), len(second))``.

    Between keypoints it is their similarity as COCO counts it, with one spread for all of them.
    """
    found = np.zeros((len(first), len(second)))
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            if one.kind == other.kind and touch(one, other):
                found[row, column] = similarity(one, other)
    return found


def touch(one: Area, other: Area) -> bool:
    (a, b, c, d), (e, f, g, h) = one.box_xyxy, other.box_xyxy
    return one.kind != "area" or (a < g and e < c and b < h and f < d)


def similarity(one: Area, other: Area) -> float:
    if one.kind == "keypoints":
        return points_similarity(one, other)
    if one.shape == other.shape == "box":
        return box_iou(one.box_xyxy, other.box_xyxy)
    return raster_iou(one, other)


def box_iou(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """
    >>> box_iou((0, 0, 2, 2), (1, 0, 3, 2))
    0.3333333333333333
    """
    (a, b, c, d), (e, f, g, h) = one, other
    shared = max(0.0, min(c, g) - max(a, e)) * max(0.0, min(d, h) - max(b, f))
    both = (c - a) * (d - b) + (g - e) * (h - f) - shared
    return shared / both if both else 0.0


def raster_iou(one: Area, other: Area) -> float:
    left, top = (min(one.box_xyxy[at], other.box_xyxy[at]) for at in (0, 1))
    right, bottom = (max(one.box_xyxy[at], other.box_xyxy[at]) for at in (2, 3))
    longest = max(right - left, bottom - top, 1e-6)
    scale = SIDE / longest
    size = (math.ceil((bottom - top) * scale) + 2, math.ceil((right - left) * scale) + 2)
    first, second = (drawn(each, left, top, scale, size) for each in (one, other))
    both = np.count_nonzero(first | second)
    return np.count_nonzero(first & second) / both if both else 0.0


def drawn(area: Area, left: float, top: float, scale: float, size: tuple[int, int]) -> np.ndarray:
    """The shape on a raster whose first pixel is at (left, top) of the image; 0 and 1."""
    canvas = np.zeros(size, np.uint8)
    if area.mask is not None:
        x, y = area.box_xyxy[:2]
        half = scale / 2 - 0.5  # from the middle of a pixel to the middle of the one that stands for it
        move = np.array([[scale, 0, (x - left) * scale + half], [0, scale, (y - top) * scale + half]])
        return cv2.warpAffine(area.mask, move, size[::-1], flags=cv2.INTER_NEAREST)
    lines = [place(ring, left, top, scale) for ring in rings(area)]
    if area.kind == "polyline":
        thickness = max(1, round(THICKNESS * math.hypot(*size)))
        cv2.polylines(canvas, lines, False, 1, thickness, shift=SHIFT)
    else:
        cv2.fillPoly(canvas, lines, 1, shift=SHIFT)  # by even and odd: holes stay empty
    return canvas


def place(ring: Any, left: float, top: float, scale: float) -> np.ndarray:
    points = (np.array(ring, float)[:, :2] - (left, top)) * scale - 0.5  # OpenCV means the middles of pixels
    return np.round(points * (1 << SHIFT)).astype(np.int32)


def rings(area: Area) -> list[Any]:
    return [area.geometry["points"]] if area.shape == "polyline" else rings_of(area.shape, area.geometry)


def cut_mask(geometry: dict[str, Any], box_xyxy: tuple[float, ...]) -> np.ndarray:
    """What of a mask lies in the box around it, 0 and 1."""
    whole = of_counts(geometry["size"], geometry["counts"])
    left, top, right, bottom = (int(each) for each in box_xyxy)
    return np.ascontiguousarray(whole[top:bottom, left:right], np.uint8)


def points_similarity(one: Area, other: Area) -> float:
    """A point that only one of them has counts 0; a point that neither has does not count."""
    first, second = (np.array(each.geometry["points"], float)[:, :3] for each in (one, other))
    common = min(len(first), len(second))
    there_first, there_second = first[:, 2] > 0, second[:, 2] > 0
    both = there_first[:common] & there_second[:common]
    either = int(there_first.sum() + there_second.sum() - both.sum())
    (w, h), (v, g) = one.size, other.size
    spread = SPREAD * math.sqrt(max(max(w, v) * max(h, g), 1.0))
    far = np.hypot(*(first[:common, :2] - second[:common, :2]).T)
    near = np.exp(-(far**2) / (2 * spread**2))[both]
    return float(near.sum() / either) if either else 0.0
