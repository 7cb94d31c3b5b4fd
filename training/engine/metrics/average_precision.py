"""Area under the precision-recall curve."""

import numpy as np


def average_precision(true: np.ndarray, scores: np.ndarray) -> float:
    """Returns the sum of precisions weighted by the steps in recall, as scikit-learn counts it.

    Args:
        true: shape (samples,), 0 or 1.
        scores: shape (samples,); higher means more likely.

    Returns:
        0..1; NaN without a positive sample.
    """
    positives = int(true.sum())
    if positives == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    ranked = true[order].astype(np.float64)
    # Samples of the same score enter together: only the last of each group is a point of the curve.
    last = np.append(np.diff(scores[order]) != 0, True)
    hits = np.cumsum(ranked)[last]
    given = (np.arange(len(ranked)) + 1)[last]
    steps = np.diff(np.append(0.0, hits)) / positives
    return float((steps * hits / given).sum())
