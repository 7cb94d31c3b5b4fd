"""How undecided a prediction is."""

import numpy as np


def normalised_entropy(probabilities: np.ndarray) -> np.ndarray:
    """Returns the entropy of each row over that of an even distribution.

    Args:
        probabilities: shape (samples, classes), rows sum to one; at least two classes.

    Returns:
        Shape (samples,), 0 (certain) to 1 (no idea).
    """
    p = np.clip(probabilities, 1e-12, 1)
    return np.clip(-(p * np.log(p)).sum(axis=1) / np.log(probabilities.shape[1]), 0, 1)


def binary_entropy(probabilities: np.ndarray) -> np.ndarray:
    """Returns the mean entropy of yes-or-no decisions in bits.

    Args:
        probabilities: shape (samples, classes), each 0..1.

    Returns:
        Shape (samples,), 0 (certain) to 1 (no idea).
    """
    p = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return np.clip(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)).mean(axis=1), 0, 1)
