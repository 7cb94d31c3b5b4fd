"""From an image of any size to the frame that a model reads."""

import cv2
import numpy as np

from training.engine.data.frame import Frame, ResizeMode, placement

# Mid grey: neutral for networks that scale pixels to -1..1.
BAR = 127


def resize(image: np.ndarray, frame: Frame, mode: ResizeMode) -> np.ndarray:
    """Returns an image on a frame.

    Args:
        image: shape (height, width, 3), uint8.
        frame: what the model reads.
        mode: as `frame.placement` has it; what a letterbox leaves free is grey.

    Returns:
        Shape (frame.height, frame.width, 3), uint8.
    """
    source, target = placement(image.shape[1], image.shape[0], frame, mode)
    left, top, width, height = source
    x, y, wide, high = target
    scaled = _scale(image[top : top + height, left : left + width], wide, high)
    if (wide, high) == (frame.width, frame.height):
        return scaled
    canvas = np.full((frame.height, frame.width, 3), BAR, np.uint8)
    canvas[y : y + high, x : x + wide] = scaled
    return canvas


def _scale(image: np.ndarray, width: int, height: int) -> np.ndarray:
    if image.shape[:2] == (height, width):
        return image
    shrinks = image.shape[0] * image.shape[1] > width * height
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
