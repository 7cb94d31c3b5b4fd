"""Turning."""

import math

import numpy as np


class Rotate:
    """Turns images by an angle drawn evenly.

    Args:
        degrees: largest turn either way.
    """

    def __init__(self, degrees: float) -> None:
        self._degrees = degrees

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix about the centre, shape (3, 3)."""
        angle = math.radians(rng.uniform(-self._degrees, self._degrees))
        cosine, sine = math.cos(angle), math.sin(angle)
        return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
