"""No colours."""

import cv2
import numpy as np


class Grayscale:
    """Takes the colours from a share of the images.

    Args:
        share: of the images, 0..1.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the image, or a grey copy; shape (height, width, 3), uint8."""
        if rng.random() >= self._share:
            return image
        return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
