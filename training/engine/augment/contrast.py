"""Stronger and weaker contrast."""

import cv2
import numpy as np


class Contrast:
    """Stretches or squeezes pixel values about the image's mean.

    Args:
        amount: 0.2 draws factors between 0.8 and 1.2.
    """

    def __init__(self, amount: float) -> None:
        self._amount = amount

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns a changed copy; shape (height, width, 3), uint8."""
        factor = 1 + float(rng.uniform(-self._amount, self._amount))
        mean = float(np.mean(cv2.mean(image)[:3]))
        levels = np.clip((np.arange(256) - mean) * factor + mean, 0, 255).astype(np.uint8)
        return cv2.LUT(image, levels)
