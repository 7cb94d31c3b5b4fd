"""Out of focus."""

import cv2
import numpy as np


class Blur:
    """Softens a share of the images.

    Args:
        share: of the images, 0..1.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the image, or a softened copy; the blur's deviation is up to 1 % of the width, at least 0.5 px."""
        chance, strength = rng.random(2)
        if chance >= self._share:
            return image
        sigma = 0.5 + strength * max(0.5, 0.01 * image.shape[1])
        return cv2.GaussianBlur(image, (0, 0), sigma)
