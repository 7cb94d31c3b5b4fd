"""Which box of a model is which label, and what is wrong with the others."""

from dataclasses import dataclass

import numpy as np

from training.engine.data.boxes import Boxes

RIGHT = 0.5  # IoU from which on a box is where the label is
NEAR = 0.1  # IoU from which on it is at least about the same thing


@dataclass(frozen=True)
class Matches:
    """What became of the labels and of the boxes found on one image.

    Args:
        label_of: position of the label that each box found is about, or -1; shape (found,).
        overlap: IoU of the two; shape (found,).
        kind: `right`, `confused` (right place, wrong class), `misplaced` (right class, wrong place), `double` (the
            label has a better box) or `false` (nothing is there) for each box found.
        missed: positions of labels that no box is right about.
    """

    label_of: np.ndarray
    overlap: np.ndarray
    kind: list[str]
    missed: np.ndarray


def matched(truth: Boxes, found: Boxes) -> Matches:
    """Returns what becomes of each, the surest box first.

    Args:
        truth: the labels.
        found: boxes of a model that count, such as those above a threshold.
    """
    overlaps = iou(found.xyxy, truth.xyxy)
    label_of, kinds = np.full(len(found), -1), ["false"] * len(found)
    taken = np.zeros(len(truth), bool)
    for box in np.argsort(-found.scores, kind="stable"):
        if not len(truth):
            break
        same = truth.classes == found.classes[box]
        free = np.where(same & ~taken, overlaps[box], 0)
        if free.max() >= RIGHT:
            label_of[box], kinds[box] = free.argmax(), "right"
            taken[free.argmax()] = True
            continue
        label_of[box], kinds[box] = _wrong(overlaps[box], same)
    found_at = label_of.clip(0)
    overlap = overlaps[np.arange(len(found)), found_at] if len(truth) else np.zeros(len(found))
    return Matches(label_of, np.where(label_of >= 0, overlap, 0.0), kinds, np.flatnonzero(~taken))


def _wrong(overlaps: np.ndarray, same: np.ndarray) -> tuple[int, str]:
    """Returns the label that a box without a label of its own is about, and what is wrong."""
    nearest = int(overlaps.argmax())
    if overlaps[nearest] >= RIGHT:
        return nearest, "double" if same[nearest] else "confused"
    own = np.where(same, overlaps, 0)
    if own.max() >= NEAR:
        return int(own.argmax()), "misplaced"
    return -1, "false"


def iou(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Returns the overlap of every box of one set with every box of another, 0..1.

    Args:
        first: xyxy, shape (n, 4).
        second: xyxy, shape (m, 4).

    Returns:
        Shape (n, m).

    Example:
        >>> iou(np.array([[0, 0, 2, 2]]), np.array([[0, 0, 2, 1], [5, 5, 6, 6]])).tolist()
        [[0.5, 0.0]]
    """
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.maximum(high - low, 0).prod(axis=2)
    areas = [np.maximum(each[:, 2:] - each[:, :2], 0).prod(axis=1) for each in (first, second)]
    return shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9)
