"""Figures of pixels."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class SegmentationReport:
    """Figures of a table of pixels.

    Args:
        accuracy: share of pixels that are right.
        iou: intersection over union of each class, shape (classes,); NaN for a class that is nowhere.
        dice: 2 x intersection over the sum of both, shape (classes,); NaN likewise.
        precision: of the pixels said to be of a class, shape (classes,).
        recall: of the pixels that are, shape (classes,).
    """

    accuracy: float
    iou: np.ndarray
    dice: np.ndarray
    precision: np.ndarray
    recall: np.ndarray


def pixel_table(truth: np.ndarray, found: np.ndarray, classes: int) -> np.ndarray:
    """Returns how many pixels of each class (rows) are said to be of each class (columns).

    Args:
        truth: class indices of any shape; pixels with an index beyond the classes do not count.
        found: class indices of the same shape.
        classes: how many.

    Returns:
        Shape (classes, classes), int64.
    """
    counts = truth < classes
    pairs = truth[counts].astype(np.int64) * classes + np.minimum(found[counts], classes - 1)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def segmentation_report(table: np.ndarray) -> SegmentationReport:
    """Returns the figures of a table as `pixel_table` gives it.

    Example:
        >>> segmentation_report(np.array([[3, 1], [0, 4]])).iou.round(2).tolist()
        [0.75, 0.8]
    """
    right, there, said = np.diag(table).astype(np.float64), table.sum(axis=1), table.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return SegmentationReport(
            accuracy=float(right.sum() / max(table.sum(), 1)),
            iou=right / (there + said - right),
            dice=2 * right / (there + said),
            precision=right / said,
            recall=right / there,
        )
