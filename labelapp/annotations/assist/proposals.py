"""Which of the parts that were found are proposed, and how sure that is."""

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
    found: list[dict[str, Any]] = []
    numbers = parts.clip(0).astype(np.int32)
    areas = np.bincount(numbers.ravel())
    likeness = np.bincount(numbers.ravel(), sample.like.ravel()) / np.maximum(areas, 1)
    shared = np.bincount(numbers.ravel(), sample.bits.ravel())
    own = solidity(sample.bits)
    for number in np.flatnonzero((areas >= sample.area * SMALLEST) & (areas <= sample.area * LARGEST)):
        if number == 0 or shared[number] / (areas[number] + sample.area - shared[number]) > SAME_IOU:
            continue
        bits = (numbers == number).astype(np.uint8)
        size = min(areas[number] / sample.area, sample.area / areas[number]) ** 0.5
        outline = 1 - min(abs(solidity(bits) - own), 1)
        score = float(np.clip(likeness[number] * size * outline, 0, 1))
        geometry = geometry_of(sample.field, bits, shape)
        if geometry:
            found.append({"shape": shape, "geometry": geometry, "score": round(score, 4)})
    return sorted(found, key=lambda each: -each["score"])[:MOST]


def solidity(bits: np.ndarray) -> float:
    """How much of its convex hull a part fills: two that touch fill less than one."""
    points = cv2.findNonZero(bits)
    if points is None:
        return 0.0
    hull = cv2.contourArea(cv2.convexHull(points)) + len(points) ** 0.5
    return float(min(len(points) / max(hull, 1.0), 1.0))
