"""From which score on answers count."""

import math
from collections.abc import Sequence

import numpy as np

from training.engine.data.things import Things
from training.engine.metrics.matching import matched


def best_score(truth: Sequence[Things], found: Sequence[Things]) -> float:
    """Returns the score with the highest F1 of answers that are right, over all classes; 0.5 where nothing is.

    Of an answer it does not matter what less sure ones say, so that all scores are looked at in one go.

    Args:
        truth: labels of each image.
        found: answers of a model on the same images.
    """
    scores, right = [np.zeros(0)], [np.zeros(0, bool)]
    for labels, answers in zip(truth, found, strict=True):
        scores.append(answers.scores)
        right.append(np.array([kind == "right" for kind in matched(labels, answers).kind], bool))
    every, hits = np.concatenate(scores), np.concatenate(right)
    order = np.argsort(-every, kind="stable")
    hit = np.cumsum(hits[order])
    labels_in_all = sum(len(each) for each in truth)
    if not labels_in_all or not len(hit) or not hit[-1]:
        return 0.5
    f1 = 2 * hit / (np.arange(1, len(hit) + 1) + labels_in_all)
    return math.floor(float(every[order][f1.argmax()]) * 1e4) / 1e4  # not above it: its own answer counts
