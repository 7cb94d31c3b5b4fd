"""Whether the truth is among the first few guesses."""

import numpy as np


def top_k_accuracy(true: np.ndarray, scores: np.ndarray, k: int) -> float:
    """Returns the share of samples whose class is among the `k` highest scores.

    Args:
        true: class indices, shape (samples,).
        scores: shape (samples, classes).
        k: guesses allowed.
    """
    first = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float((first == true[:, None]).any(axis=1).mean())
