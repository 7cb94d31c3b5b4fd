"""Features of a frozen backbone, kept in memory."""

import numpy as np


class Features:
    """Samples that are an array already, with the verbs of `Pixels`.

    Args:
        values: shape (samples, ...).
    """

    def __init__(self, values: np.ndarray) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: int) -> np.ndarray:
        """Returns one sample."""
        return self._values[index]

    def take(self, indices: np.ndarray) -> np.ndarray:
        """Returns a copy of several samples."""
        return self._values[indices]
