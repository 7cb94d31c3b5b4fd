"""How many rows each choice of a filter would leave, the other filters staying as they are."""

from typing import Any

import numpy as np

from labelapp.images.catalogue.columns import SPLITS, STATUSES, Columns
from labelapp.images.catalogue.matching import Matching, labelled
from labelapp.images.filters import COMMENTS, NONE, PEOPLE, SOURCES, ImageFilters


def count(columns: Columns, filters: ImageFilters) -> dict[str, Any]:
    matching = Matching(columns, filters)
    return {
        "total": int(matching.all().sum()),
        "status": by_choice(columns.statuses[matching.all(but="status")], STATUSES),
        "split": by_choice(columns.splits[matching.all(but="split")], [NONE, *SPLITS[1:]]),
        "class": by_class(columns, matching.all(but="class")),
        "source": by_source(columns, matching.all(but="source")),
        "comments": by_choice(columns.comments[matching.all(but="comments")], COMMENTS),
        "assignment": by_id(columns.assignments[matching.all(but="assignment")]),
        **{name: by_id(getattr(columns, name)[matching.all(but=name)]) for name in PEOPLE},
        "trashed": int(columns.trashed.sum()),
    }


def by_choice(values: np.ndarray, choices: list[str]) -> dict[str, int]:
    """Of few choices: to compare with each is four times as fast as ``bincount``, which widens the values first."""
    return named((choice, int(np.count_nonzero(values == place))) for place, choice in enumerate(choices))


def by_class(columns: Columns, mask: np.ndarray) -> dict[str, int]:
    counts = np.bincount(columns.label_codes[mask[columns.label_rows]], minlength=len(columns.classes)).tolist()
    found = named(zip(map(str, columns.classes), counts, strict=True))
    return found | {NONE: int((mask & ~labelled(columns)).sum())}


def by_source(columns: Columns, mask: np.ndarray) -> dict[str, int]:
    chosen = columns.sources[mask]
    return named((source, int(np.count_nonzero(chosen & (1 << bit)))) for bit, source in enumerate(SOURCES))


def by_id(values: np.ndarray) -> dict[str, int]:
    ids, counts = np.unique(values, return_counts=True)
    return {str(pk or NONE): count for pk, count in zip(ids.tolist(), counts.tolist(), strict=True)}


def count_assignments(columns: Columns) -> dict[int, dict[str, int]]:
    """How many images outside the trash have each status, for each assignment."""
    rows = np.flatnonzero((columns.assignments > 0) & ~columns.trashed)
    pairs, counts = np.unique(columns.assignments[rows] * len(STATUSES) + columns.statuses[rows], return_counts=True)
    found: dict[int, dict[str, int]] = {}
    for pair, number in zip(pairs.tolist(), counts.tolist(), strict=True):
        assignment, status = divmod(pair, len(STATUSES))
        found.setdefault(assignment, {})[STATUSES[status]] = number
    return found


def count_annotations(columns: Columns) -> dict[int, int]:
    """Annotations of each class on images outside the trash."""
    kept = ~columns.trashed[columns.label_rows]
    counts = np.bincount(columns.label_codes[kept], columns.label_counts[kept], len(columns.classes))
    return {pk: int(count) for pk, count in zip(columns.classes, counts.tolist(), strict=True) if count}


def named(pairs) -> dict[str, int]:
    """Choices that no image has are left out."""
    return {name: count for name, count in pairs if count}
