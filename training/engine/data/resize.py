"""From an image of any size to the square that a model reads."""

from typing import Literal

import cv2
import numpy as np

ResizeMode = Literal["letterbox", "crop", "stretch"]

# Mid grey: neutral for networks that scale pixels to -1..1.
BAR = 127


def resize(image: np.ndarray, size: int, mode: ResizeMode) -> np.ndarray:
    """Returns an image as a square.

    Args:
        image: shape (height, width, 3), uint8.
        size: edge of the square, in pixels.
        mode: `letterbox` fits the whole image and fills up with grey bars, `crop` cuts out the middle, `stretch`
            changes the aspect ratio.

    Returns:
        Shape (size, size, 3), uint8.
    """
    height, width = image.shape[:2]
    if mode == "stretch":
        return _scale(image, size, size)
    if mode == "crop":
        edge = min(height, width)
        top, left = (height - edge) // 2, (width - edge) // 2
        return _scale(image[top : top + edge, left : left + edge], size, size)
    scale = size / max(height, width)
    inner_width = min(size, max(1, round(width * scale)))
    inner_height = min(size, max(1, round(height * scale)))
    square = np.full((size, size, 3), BAR, np.uint8)
    top, left = (size - inner_height) // 2, (size - inner_width) // 2
    square[top : top + inner_height, left : left + inner_width] = _scale(image, inner_width, inner_height)
    return square


def _scale(image: np.ndarray, width: int, height: int) -> np.ndarray:
    if image.shape[:2] == (height, width):
        return image
    shrinks = image.shape[0] * image.shape[1] > width * height
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
