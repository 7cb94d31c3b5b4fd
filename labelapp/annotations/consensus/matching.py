"""Which of one person's shapes are the same objects as which of another's."""

import numpy as np
from scipy.optimize import linear_sum_assignment

LEAST_IOU = 0.5  # with less, two shapes are two objects
SAME_CLASS = 1e-3  # of two that overlap alike the one of the same class is meant


def matched(
    ious: np.ndarray, first: np.ndarray, second: np.ndarray, least_iou: float = LEAST_IOU
) -> list[tuple[int, int]]:
    """Pairs of places, each shape in one of them at most, so that all overlaps together are as large as can be.

    Args:
        ious: overlaps of shape ``(n, m)``, 0 to 1.
        first, second: ids of classes, of shapes ``(n,)`` and ``(m,)``.

    >>> matched(np.array([[0.6, 0.9], [0.0, 0.8]]), np.array([1, 1]), np.array([1, 1]))
    [(0, 0), (1, 1)]
    """
    enough = ious >= least_iou
    gain = np.where(enough, ious + SAME_CLASS * (first[:, None] == second[None, :]), 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if enough[row, column]]
