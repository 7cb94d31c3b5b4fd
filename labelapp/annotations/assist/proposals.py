"""Which of the parts that were found are proposed, and how sure that is."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

from .geometry import geometry_of
from .likeness import Sample

MOST = 500
SMALLEST, LARGEST = 0.3, 3.0  # of the area of the shape that others are to be like
SAME_IOU = 0.3  # with the shape itself


def proposals(sample: Sample, parts: np.ndarray, shape: str) -> list[dict[str, Any]]:
    """
    Args:
        parts: rows x columns, the number of the part that each pixel belongs to; 0 and less for none.
    """
    numbers = parts.clip(0).astype(np.int32)
    areas = np.bincount(numbers.ravel())
    likeness = np.bincount(numbers.ravel(), sample.like.ravel()) / np.maximum(areas, 1)
    shared = np.bincount(numbers.ravel(), sample.bits.ravel())
    fitting = (areas >= sample.area * SMALLEST) & (areas <= sample.area * LARGEST)
    fitting &= shared / np.maximum(areas + sample.area - shared, 1) <= SAME_IOU
    fitting[0] = False
    own = solidity(sample.bits)
    scored = []
    for number, bits, left, top in cut_apart(numbers, np.flatnonzero(fitting)):
        size = min(areas[number] / sample.area, sample.area / areas[number]) ** 0.5
        outline = 1 - min(abs(solidity(bits) - own), 1)
        scored.append((float(np.clip(likeness[number] * size * outline, 0, 1)), bits, left, top))
    found = []
    for score, bits, left, top in sorted(scored, key=lambda each: -each[0])[:MOST]:
        if geometry := geometry_of(sample.field.cut(left, top, *bits.shape), bits, shape):
            found.append({"shape": shape, "geometry": geometry, "score": round(score, 4)})
    return found


def cut_apart(numbers: np.ndarray, wanted: np.ndarray) -> Iterator[tuple[int, np.ndarray, int, int]]:
    """Each wanted part with its bits, and where these begin: as many pixels as it needs and one more at each side.

    Of a thousand parts each is looked at in its own place: the whole field a thousand times would take many seconds.
    """
    rows, columns = numbers.shape
    flat = numbers.ravel()
    order = np.argsort(flat, kind="stable")
    starts = np.searchsorted(flat, wanted, side="left", sorter=order)
    ends = np.searchsorted(flat, wanted, side="right", sorter=order)
    for number, start, end in zip(wanted.tolist(), starts, ends, strict=True):
        y, x = np.divmod(order[start:end], columns)
        left, top = max(int(x.min()) - 1, 0), max(int(y.min()) - 1, 0)
        right, bottom = min(int(x.max()) + 2, columns), min(int(y.max()) + 2, rows)
        bits = np.zeros((bottom - top, right - left), np.uint8)
        bits[y - top, x - left] = 1
        yield number, bits, left, top


def solidity(bits: np.ndarray) -> float:
    """How much of its convex hull a part fills: two that touch fill less than one."""
    points = cv2.findNonZero(bits)
    if points is None:
        return 0.0
    hull = cv2.contourArea(cv2.convexHull(points)) + len(points) ** 0.5
    return float(min(len(points) / max(hull, 1.0), 1.0))
