"""Whether a model that says 80 % is right in 80 % of the cases."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Calibration:
    """A reliability diagram and its summary; arrays have one entry a bin.

    Args:
        ece: expected calibration error: mean distance of confidence and accuracy, weighted by count
            (Naeini et al. 2015; arXiv:1706.04599).
        edges: borders of the bins, shape (bins + 1,).
        confidence: mean confidence; NaN in an empty bin.
        accuracy: share that is right; NaN in an empty bin.
        count: samples.
    """

    ece: float
    edges: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray
    count: np.ndarray


def calibration(confidence: np.ndarray, correct: np.ndarray, bins: int = 10) -> Calibration:
    """Returns how well confidence matches accuracy, over bins of equal width.

    Args:
        confidence: score of the prediction, shape (samples,), 0..1.
        correct: whether it is right, shape (samples,).
        bins: number of bins.
    """
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.digitize(confidence, edges[1:-1], right=True), 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    filled = np.where(count > 0, count, np.nan)
    mean = np.bincount(place, weights=confidence, minlength=bins) / filled
    right = np.bincount(place, weights=correct.astype(np.float64), minlength=bins) / filled
    ece = float(np.nansum(np.abs(mean - right) * count) / max(1, count.sum()))
    return Calibration(ece, edges, mean, right, count)
