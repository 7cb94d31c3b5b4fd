"""Lighter and darker."""

import cv2
import numpy as np


class Brightness:
    """Adds the same amount to every pixel.

    Args:
        amount: largest change either way, as a share of full white.
    """

    def __init__(self, amount: float) -> None:
        self._amount = amount

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns a changed copy; shape (height, width, 3), uint8."""
        shift = float(rng.uniform(-self._amount, self._amount)) * 255
        levels = np.clip(np.arange(256) + shift, 0, 255).astype(np.uint8)
        return cv2.LUT(image, levels)
