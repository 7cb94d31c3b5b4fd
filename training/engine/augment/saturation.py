"""More and less colourful."""

import cv2
import numpy as np


class Saturation:
    """Moves colours away from their grey, or towards it.

    Args:
        amount: 0.2 draws factors between 0.8 and 1.2; at 1 the weakest is grey.
    """

    def __init__(self, amount: float) -> None:
        self._amount = amount

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns a changed copy; shape (height, width, 3), uint8."""
        factor = 1 + float(rng.uniform(-self._amount, self._amount))
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        return cv2.addWeighted(image, factor, grey, 1 - factor, 0)
