"""Agreement beyond what chance alone would bring: 1 is full, 0 is chance, less is worse than that."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import cohen_kappa_score


def cohen(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Cohen's kappa of two people (Educational and Psychological Measurement 20, 1960).

    Args:
        first, second: what each of them said about the same things, as whole numbers.

    Returns:
        None where nothing can be said: there are no things, or both said the same of all of them.
    """
    if not first or len({*first, *second}) < 2:
        return None
    found = float(cohen_kappa_score(first, second))
    return None if np.isnan(found) else found


def fleiss(counts: np.ndarray) -> float | None:
    """Fleiss' kappa of any number of people (Psychological Bulletin 76, 1971).

    Args:
        counts: how many people said each category of each thing, of shape ``(things, categories)``; each row sums up to
            the number of people.

    Returns:
        None where nothing can be said.
    """
    if not len(counts):
        return None
    people = counts[0].sum()
    if people < 2:
        return None
    shares = counts.sum(axis=0) / counts.sum()
    by_chance = float((shares**2).sum())
    if by_chance >= 1:
        return None
    alike = ((counts**2).sum(axis=1) - people) / (people * (people - 1))
    return float((alike.mean() - by_chance) / (1 - by_chance))
