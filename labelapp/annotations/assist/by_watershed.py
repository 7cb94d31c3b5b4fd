"""Find all like this, where things touch: what is coloured like the shape is parted at its waists."""

from typing import Any

import cv2
import numpy as np

from .field import Field
from .likeness import sample
from .proposals import proposals

SEED = 0.55  # of the shape's own depth: so far inside is a place from which a thing grows
LEVELS = 14
SQUARE = np.ones((3, 3), np.uint8)
TIP = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))


def answer(field: Field, given: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Args:
        given: as for ``by_colour``.
    """
    like = sample(field, given["shape"], given["geometry"])
    if like is None:
        return []
    bits = filled((like.like > 0.5).astype(np.uint8), like.area)
    depth = cv2.distanceTransform(np.pad(bits, 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    own = float(cv2.distanceTransform(np.pad(like.bits, 1), cv2.DIST_L2, 5).max())
    return proposals(like, watershed(depth, seeds(depth, own), own), given["shape"])


def filled(bits: np.ndarray, area: int) -> np.ndarray:
    """Without holes that are smaller than the shape: the pale middle of a cell belongs to it."""
    bits = cv2.morphologyEx(bits, cv2.MORPH_OPEN, TIP)
    _count, parts, stats, _centres = cv2.connectedComponentsWithStats(1 - bits, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] < area * 0.5
    small[0] = False
    return bits | small[parts].astype(np.uint8)


def seeds(depth: np.ndarray, own: float) -> np.ndarray:
    """Where it is deepest around, each such place with a number.

    Args:
        own: how deep the shape is that others are to be like.
    """
    smooth = cv2.GaussianBlur(depth, (0, 0), max(own / 6, 0.8))
    reach = max(int(own * 0.8), 1)
    tip = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    peaks = (smooth >= cv2.dilate(smooth, tip) - 1e-3) & (depth > own * SEED)
    _count, numbers = cv2.connectedComponents(cv2.dilate(peaks.astype(np.uint8), TIP))
    return numbers


def watershed(depth: np.ndarray, numbers: np.ndarray, own: float) -> np.ndarray:
    """From the deepest places outwards, level by level; what no seed reaches is a thing of its own.

    OpenCV's own goes by the step from pixel to pixel, which is the same everywhere in a field of distances.
    """
    grown = numbers.astype(np.uint16)
    depth = np.minimum(depth, 1.5 * own)  # deeper is no thing like the shape
    levels = np.linspace(float(depth.max()), 0.0, LEVELS + 1)[1:]
    steps = int(np.ceil(depth.max() / LEVELS)) + 1
    for level in levels:
        inside = depth > level
        for step in range(steps if level else 2 * steps):
            wider = cv2.dilate(grown, TIP if step % 2 else SQUARE)
            np.copyto(grown, wider, where=inside & (grown == 0))
    rest = ((depth > 0) & (grown == 0)).astype(np.uint8)
    _count, others = cv2.connectedComponents(rest, connectivity=4)
    return np.where(grown > 0, grown, np.where(others > 0, others + int(grown.max()), 0)).astype(np.int32)
