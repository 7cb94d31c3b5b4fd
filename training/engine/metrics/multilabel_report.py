"""Figures of predictions that may give an image any number of classes."""

from dataclasses import dataclass

import numpy as np

from training.engine.metrics.classification_report import f1_of


@dataclass(frozen=True)
class MultiLabelReport:
    """Figures of multi-label classification at one threshold; arrays have one entry a class.

    Args:
        accuracy: share of all yes-or-no decisions that are right.
        subset_accuracy: share of samples with every decision right.
        precision: of each class; 0 where it was never given.
        recall: of each class; 0 where it has no samples.
        f1: of each class.
        support: samples of each class.
        micro_f1: F1 of all decisions together.
        macro_f1: mean of `f1` over the classes.
    """

    accuracy: float
    subset_accuracy: float
    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray
    support: np.ndarray
    micro_f1: float
    macro_f1: float


def multilabel_report(true: np.ndarray, predicted: np.ndarray) -> MultiLabelReport:
    """Returns the figures of multi-label decisions.

    Args:
        true: shape (samples, classes), 0 or 1.
        predicted: shape (samples, classes), 0 or 1.

    Raises:
        ValueError: there are no samples.
    """
    if len(true) == 0:
        raise ValueError("There are no samples.")
    true, predicted = true.astype(bool), predicted.astype(bool)
    hits = (true & predicted).sum(axis=0).astype(np.float64)
    support, given = true.sum(axis=0), predicted.sum(axis=0)
    precision = hits / np.maximum(given, 1)
    recall = hits / np.maximum(support, 1)
    f1 = f1_of(precision, recall)
    return MultiLabelReport(
        accuracy=float((true == predicted).mean()),
        subset_accuracy=float((true == predicted).all(axis=1).mean()),
        precision=precision,
        recall=recall,
        f1=f1,
        support=support,
        micro_f1=float(2 * hits.sum() / max(1, support.sum() + given.sum())),
        macro_f1=float(f1.mean()),
    )


def best_threshold(true: np.ndarray, scores: np.ndarray) -> float:
    """Returns the threshold in 0.05..0.95 with the highest micro F1; the one nearest 0.5 among equals.

    Args:
        true: shape (samples, classes), 0 or 1.
        scores: shape (samples, classes), 0..1.
    """
    candidates = np.round(np.arange(0.05, 0.951, 0.05), 2)
    figures = [multilabel_report(true, scores >= threshold).micro_f1 for threshold in candidates]
    ranked = sorted(zip(figures, candidates, strict=True), key=lambda pair: (-pair[0], abs(pair[1] - 0.5)))
    return float(ranked[0][1])
