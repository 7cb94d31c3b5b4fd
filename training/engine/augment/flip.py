"""Mirroring."""

import numpy as np


class Flip:
    """Mirrors a share of the images.

    Args:
        horizontal: share mirrored left to right, 0..1.
        vertical: share mirrored top to bottom, 0..1.
    """

    def __init__(self, horizontal: float, vertical: float) -> None:
        self._horizontal = horizontal
        self._vertical = vertical

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix about the centre, shape (3, 3)."""
        across, down = rng.random(2)
        return np.diag([-1.0 if across < self._horizontal else 1.0, -1.0 if down < self._vertical else 1.0, 1.0])
