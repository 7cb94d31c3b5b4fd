"""Probabilities of pixels in several windows, as those of a whole image."""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.windows import View, Window

_MOST_NUMBERS = 2**26  # of a whole image at once: beyond that it is put together at a coarser scale


def patchwork(outputs: np.ndarray, views: Sequence[View], size: Frame) -> np.ndarray:
    """Returns the mean of what windows say of each pixel; what lies in the middle of a window counts most.

    Args:
        outputs: of each window, shape (windows, frame height, frame width, classes), 0..1.
        views: one for each of them.
        size: of the image.

    Returns:
        Shape (height, width, classes), float32; of the image's proportions, no finer than the frames were.
    """
    classes = outputs.shape[-1]
    finest = max(float(view.matrix[0, 0]) for view in views)
    scale = min(1.0, finest, math.sqrt(_MOST_NUMBERS / (size.height * size.width * classes)))
    canvas = Frame(max(1, round(size.height * scale)), max(1, round(size.width * scale)))
    across, down = canvas.width / size.width, canvas.height / size.height
    sums = np.zeros((*canvas, classes), np.float32)
    total = np.zeros((*canvas, 1), np.float32)
    for each, view in zip(outputs, views, strict=True):
        left, top, right, bottom = _rounded(view.window, np.diag([across, down, 1.0]))
        x, y, end_x, end_y = _rounded(view.window, view.matrix)
        size_there = (right - left, bottom - top)
        patch = cv2.resize(np.ascontiguousarray(each[y:end_y, x:end_x]), size_there, interpolation=cv2.INTER_LINEAR)
        weight = np.outer(_ramp(bottom - top), _ramp(right - left))[..., None]
        sums[top:bottom, left:right] += weight * patch.reshape(*size_there[::-1], classes)
        total[top:bottom, left:right] += weight
    return sums / np.maximum(total, np.finfo(np.float32).tiny)


def _rounded(window: Window, matrix: np.ndarray) -> tuple[int, int, int, int]:
    """Returns where a map takes a window: left, top, right and bottom in whole pixels."""
    left, top, right, bottom = window.xyxy
    corners = matrix @ np.array([[left, right], [top, bottom], [1, 1]])
    (x, end_x), (y, end_y) = np.round(corners[:2]).astype(int).tolist()
    return x, y, end_x, end_y


def _ramp(length: int) -> np.ndarray:
    """Returns how much each of some pixels in a row counts: one in the middle, next to nothing at the ends."""
    places = np.arange(length, dtype=np.float32) + 0.5
    return np.minimum(places, length - places) / (length / 2)
