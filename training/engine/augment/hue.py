"""Other colours."""

import cv2
import numpy as np


class Hue:
    """Turns the colour circle.

    Args:
        turns: largest turn either way; half a turn makes any colour its opposite.
    """

    def __init__(self, turns: float) -> None:
        self._turns = turns

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns a changed copy; shape (height, width, 3), uint8."""
        hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
        # OpenCV keeps the 360 degrees of hue in 0..179.
        shift = round(float(rng.uniform(-self._turns, self._turns)) * 180)
        hsv[..., 0] = (hsv[..., 0].astype(np.int16) + shift) % 180
        return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
