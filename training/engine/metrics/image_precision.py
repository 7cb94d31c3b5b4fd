"""How much of a single image is right."""

import numpy as np

from training.engine.data.things import Things

_OVERLAPS = np.linspace(0.5, 0.95, 10)


def image_precision(truth: Things, found: Things) -> float:
    """Returns right answers by all answers and missed labels, the mean over overlaps 0.50:0.95.

    So the Data Science Bowl of 2018 judged masks of nuclei, image by image.

    Args:
        truth: the labels.
        found: answers of a model that count, such as those above a threshold.

    Returns:
        0..1; one where nothing is there and nothing is found.
    """
    if not len(truth) or not len(found):
        return float(len(truth) == len(found))
    same = found.classes[:, None] == truth.classes[None]
    overlaps = np.where(same, found.overlaps(truth), 0.0)[np.argsort(-found.scores, kind="stable")]
    right = np.array([_right(overlaps, least) for least in _OVERLAPS])
    return float((right / (len(truth) + len(found) - right)).mean())


def _right(overlaps: np.ndarray, least: float) -> int:
    """Returns how many answers, the surest first, have a label of their own that they overlap enough."""
    free = np.ones(overlaps.shape[1], bool)
    for row in overlaps:
        best = int(np.where(free, row, -1).argmax())
        if free[best] and row[best] >= least:
            free[best] = False
    return int((~free).sum())
