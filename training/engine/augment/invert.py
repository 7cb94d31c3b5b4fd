"""Negatives."""

import cv2
import numpy as np


class Invert:
    """Makes negatives of a share of the images, so that bright things on dark are learnt as dark things on bright.

    Args:
        share: of the images, 0..1.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the image, or its negative; shape (height, width, 3), uint8."""
        return cv2.bitwise_not(image) if rng.random() < self._share else image
