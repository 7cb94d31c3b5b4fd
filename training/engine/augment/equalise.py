"""The same contrast everywhere."""

import cv2
import numpy as np


class Equalise:
    """Spreads the lightness of a share of the images evenly from black to white; colours keep their hue.

    Args:
        share: of the images, 0..1.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the image, or an equalised copy; shape (height, width, 3), uint8."""
        if rng.random() >= self._share:
            return image
        lightness = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb)
        lightness[..., 0] = cv2.equalizeHist(np.ascontiguousarray(lightness[..., 0]))
        return cv2.cvtColor(lightness, cv2.COLOR_YCrCb2RGB)
