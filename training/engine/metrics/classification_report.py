"""Accuracy, precision, recall and F1, and who is taken for whom."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class ClassificationReport:
    """Figures of single-label classification; arrays have one entry a class.

    Args:
        accuracy: share of samples that are right.
        precision: share of the samples given a class that have it; 0 where it was never given.
        recall: share of the samples of a class that were given it; 0 where it has none.
        f1: harmonic mean of the two.
        support: samples of each class.
        macro_f1: mean of `f1` over the classes that occur, as truth or as prediction.
        weighted_f1: mean of `f1`, weighted by `support`.
        confusion: rows are true classes, columns predicted ones, shape (classes, classes).
    """

    accuracy: float
    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray
    support: np.ndarray
    macro_f1: float
    weighted_f1: float
    confusion: np.ndarray


def classification_report(true: np.ndarray, predicted: np.ndarray, classes: int) -> ClassificationReport:
    """Returns the figures of single-label predictions.

    Args:
        true: class indices, shape (samples,), 0..classes-1.
        predicted: class indices, shape (samples,).
        classes: number of classes.

    Raises:
        ValueError: there are no samples.
    """
    if len(true) == 0:
        raise ValueError("There are no samples.")
    confusion = np.bincount(true * classes + predicted, minlength=classes * classes).reshape(classes, classes)
    hits = np.diag(confusion).astype(np.float64)
    support, given = confusion.sum(axis=1), confusion.sum(axis=0)
    precision = hits / np.maximum(given, 1)
    recall = hits / np.maximum(support, 1)
    f1 = f1_of(precision, recall)
    occurs = (support + given) > 0
    return ClassificationReport(
        accuracy=float(hits.sum() / len(true)),
        precision=precision,
        recall=recall,
        f1=f1,
        support=support,
        macro_f1=float(f1[occurs].mean()),
        weighted_f1=float((f1 * support).sum() / support.sum()),
        confusion=confusion,
    )


def f1_of(precision: np.ndarray, recall: np.ndarray) -> np.ndarray:
    """Returns the harmonic mean of precision and recall, 0 where both are."""
    return 2 * precision * recall / np.where(precision + recall > 0, precision + recall, 1)
