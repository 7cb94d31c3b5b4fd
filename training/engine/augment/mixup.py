"""Two images through each other."""

import cv2
import numpy as np


class MixUp:
    """Lays one image through another (arXiv:1710.09412).

    Args:
        alpha: of the beta distribution that shares are drawn from: near 0 one of the two is seen almost alone, 1 makes
            all shares alike probable.
    """

    def __init__(self, alpha: float) -> None:
        self._alpha = alpha

    def __call__(self, first: np.ndarray, second: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, float]:
        """Returns a mixture, shape (height, width, 3), uint8, and the first image's share of it, 0..1."""
        share = float(rng.beta(self._alpha, self._alpha))
        return cv2.addWeighted(first, share, second, 1 - share, 0), share
