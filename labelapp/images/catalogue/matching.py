"""Which rows of the columns a filter leaves: the same language as ImageFilters.apply, which says it in SQL."""

from collections.abc import Callable

import numpy as np
from django.db import connection

from labelapp.images.catalogue.columns import SPLITS, STATUSES, Columns
from labelapp.images.filters import COMMENTS, NONE, PEOPLE, SOURCES, ImageFilters


class Matching:
    """The mask of each filter, so that those of all but one need no second look."""

    def __init__(self, columns: Columns, filters: ImageFilters):
        values = filters.as_dict()
        self._base = columns.trashed if values.get("trashed") else ~columns.trashed
        self._masks = {key: mask(columns, values[key]) for key, mask in MASKS.items() if key in values}

    def all(self, but: str = "") -> np.ndarray:
        """True for rows that every filter leaves, apart from the filter ``but``."""
        found = self._base.copy()
        for key, mask in self._masks.items():
            if key != but:
                found &= mask
        return found


def by_ids(columns: Columns, ids: list[int]) -> np.ndarray:
    return np.isin(columns.ids, np.array(ids, np.int64))


def by_status(columns: Columns, statuses: list[str]) -> np.ndarray:
    return np.isin(columns.statuses, [STATUSES.index(each) for each in statuses])


def by_split(columns: Columns, splits: list[str]) -> np.ndarray:
    return np.isin(columns.splits, [SPLITS.index("" if each == NONE else each) for each in splits])


def by_source(columns: Columns, sources: list[str]) -> np.ndarray:
    return (columns.sources & sum(1 << SOURCES.index(each) for each in set(sources))) > 0


def by_comments(columns: Columns, states: list[str]) -> np.ndarray:
    return np.isin(columns.comments, [COMMENTS.index(each) for each in states])


def by_ids_in(name: str) -> Callable[[Columns, list], np.ndarray]:
    """Of a column of ids, in which 0 says that there is none."""
    return lambda columns, wanted: np.isin(getattr(columns, name), [0 if each == NONE else each for each in wanted])


def by_class(columns: Columns, classes: list) -> np.ndarray:
    found = np.zeros(len(columns), bool)
    for code in {columns.code_of(each) for each in classes if each != NONE} - {None}:
        found[columns.label_rows[columns.label_codes == code]] = True
    return found | ~labelled(columns) if NONE in classes else found


def labelled(columns: Columns) -> np.ndarray:
    """True for rows with any annotation."""
    return columns.sources > 0


def by_search(columns: Columns, text: str) -> np.ndarray:
    fold = folding()
    words = [fold(word) for word in text.split()]
    return np.fromiter((all(word in name for word in words) for name in map(fold, columns.names)), bool, len(columns))


def folding() -> Callable[[str], str]:
    """As the database compares names in `icontains`: SQLite knows upper and lower case of ASCII only."""
    return ascii_lower if connection.vendor == "sqlite" else str.upper


def ascii_lower(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(LOWER)


LOWER = {ord(each): each.lower() for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
MASKS: dict[str, Callable[[Columns, list], np.ndarray]] = {
    "ids": by_ids, "status": by_status, "split": by_split, "source": by_source, "class": by_class,
    "comments": by_comments, "assignment": by_ids_in("assignments"), **{name: by_ids_in(name) for name in PEOPLE},
    "search": by_search,  # type: ignore[dict-item]
}  # fmt: skip
