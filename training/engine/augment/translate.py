"""Shifting."""

import numpy as np


class Translate:
    """Shifts images in both directions.

    Args:
        share: largest shift either way, as a share of width and height.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix, shape (3, 3)."""
        across, down = rng.uniform(-self._share, self._share, 2)
        return np.array([[1, 0, across * width], [0, 1, down * height], [0, 0, 1]])
