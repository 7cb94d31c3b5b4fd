"""Slanting."""

import math

import numpy as np


class Shear:
    """Slants images sideways.

    Args:
        degrees: largest slant either way.
    """

    def __init__(self, degrees: float) -> None:
        self._degrees = degrees

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix about the centre, shape (3, 3)."""
        slope = math.tan(math.radians(rng.uniform(-self._degrees, self._degrees)))
        return np.array([[1, slope, 0], [0, 1, 0], [0, 0, 1]])
