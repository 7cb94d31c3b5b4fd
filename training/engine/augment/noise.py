"""Grain."""

import numpy as np


class Noise:
    """Adds normally distributed grain of a strength drawn anew for every image.

    Args:
        amount: largest standard deviation, as a share of full white.
    """

    def __init__(self, amount: float) -> None:
        self._amount = amount

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns a changed copy; shape (height, width, 3), uint8."""
        deviation = rng.uniform(0, self._amount) * 255
        grain = rng.standard_normal(image.shape, np.float32) * np.float32(deviation)
        return np.clip(image + grain, 0, 255).astype(np.uint8)
