"""Which answer of a model is which label, and what is wrong with the others."""

from dataclasses import dataclass

import numpy as np

from training.engine.data.things import Things

RIGHT = 0.5  # overlap from which on an answer is where the label is
NEAR = 0.1  # overlap from which on it is at least about the same thing


@dataclass(frozen=True)
class Matches:
    """What became of the labels and of the answers on one image.

    Args:
        label_of: position of the label that each answer is about, or -1; shape (found,).
        overlap: of the two, as the kind of thing counts it; shape (found,).
        kind: `right`, `confused` (right place, wrong class), `misplaced` (right class, wrong place), `double` (the
            label has a better answer) or `false` (nothing is there) for each answer.
        missed: positions of labels that no answer is right about.
    """

    label_of: np.ndarray
    overlap: np.ndarray
    kind: list[str]
    missed: np.ndarray


def matched(truth: Things, found: Things) -> Matches:
    """Returns what becomes of each, the surest answer first.

    Args:
        truth: the labels.
        found: answers of a model that count, such as those above a threshold.
    """
    overlaps = found.overlaps(truth)
    label_of, kinds = np.full(len(found), -1), ["false"] * len(found)
    taken = np.zeros(len(truth), bool)
    for answer in np.argsort(-found.scores, kind="stable"):
        if not len(truth):
            break
        same = truth.classes == found.classes[answer]
        free = np.where(same & ~taken, overlaps[answer], 0)
        if free.max() >= RIGHT:
            label_of[answer], kinds[answer] = free.argmax(), "right"
            taken[free.argmax()] = True
            continue
        label_of[answer], kinds[answer] = _wrong(overlaps[answer], same)
    found_at = label_of.clip(0)
    overlap = overlaps[np.arange(len(found)), found_at] if len(truth) else np.zeros(len(found))
    return Matches(label_of, np.where(label_of >= 0, overlap, 0.0), kinds, np.flatnonzero(~taken))


def _wrong(overlaps: np.ndarray, same: np.ndarray) -> tuple[int, str]:
    """Returns the label that an answer without a label of its own is about, and what is wrong."""
    nearest = int(overlaps.argmax())
    if overlaps[nearest] >= RIGHT:
        return nearest, "double" if same[nearest] else "confused"
    own = np.where(same, overlaps, 0)
    if own.max() >= NEAR:
        return int(own.argmax()), "misplaced"
    return -1, "false"
