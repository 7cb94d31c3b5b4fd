"""How improbable a model finds the truth."""

import numpy as np


def log_loss(targets: np.ndarray, probabilities: np.ndarray) -> float:
    """Returns the mean negative log likelihood, without label smoothing or class weights."""
    p = np.clip(probabilities.astype(np.float64), 1e-7, 1 - 1e-7)
    if targets.ndim == 1:
        return float(-np.log(p[np.arange(len(p)), targets]).mean())
    return float(-(targets * np.log(p) + (1 - targets) * np.log(1 - p)).mean())
