"""What a change of one image is: it moves pixels, or leaves them where they are."""

from typing import Protocol

import numpy as np


class Geometric(Protocol):
    """A change that moves pixels."""

    def matrix(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """Returns a matrix about the image's centre, shape (3, 3)."""


class Photometric(Protocol):
    """A change that leaves pixels where they are."""

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the changed image; shape (height, width, 3), uint8."""
