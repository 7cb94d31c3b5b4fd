"""Changing the scale."""

import numpy as np


class Zoom:
    """Enlarges or shrinks images; growing and shrinking by the same factor are equally likely.

    Args:
        amount: 0.15 draws factors between 1/1.15 and 1.15.
    """

    def __init__(self, amount: float) -> None:
        self._limit = np.log1p(amount)

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix about the centre, shape (3, 3)."""
        factor = float(np.exp(rng.uniform(-self._limit, self._limit)))
        return np.diag([factor, factor, 1.0])
