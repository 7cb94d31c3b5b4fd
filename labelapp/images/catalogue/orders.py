"""Orders of the rows, kept until what they are made of changes."""

import random
from bisect import bisect_left
from typing import Any

import numpy as np

from labelapp.images.catalogue.columns import Columns

PRIME = 2**31 - 1
MOST_ORDERS = 12
MOST_MOVED = 50  # so many rows are moved within an order; for more it is made anew
# The column that an order is made of; random is made of the ids.
COLUMNS = {
    "id": "ids", "name": "names", "size": "sizes", "created": "created", "updated": "updated",
    "uncertainty": "uncertainties",
}  # fmt: skip


class Orders:
    """Rows in an order, ties by id. ``uncertainty`` is the most uncertain first; every other is ascending."""

    def __init__(self, columns: Columns):
        self._columns = columns
        self._known: dict[tuple[str, int], np.ndarray] = {}

    def rows(self, name: str, seed: int = 0) -> np.ndarray:
        order = self._known.pop((name, seed), None)
        if order is None:
            order = np.argsort(self._keys(name, seed), kind="stable").astype(np.int32)  # the rows are sorted by id
        self._known[name, seed] = order
        while len(self._known) > MOST_ORDERS:
            del self._known[next(iter(self._known))]
        return order

    def key(self, name: str, row: int) -> tuple[Any, int]:
        """By what a row is sorted; as a position that was told to a client long ago."""
        return getattr(self._columns, COLUMNS[name])[row], self._columns.ids[row]

    def forget(self) -> None:
        self._known.clear()

    def move(self, changed: np.ndarray, columns: set[str]) -> None:
        """Rows whose ``columns`` have changed find their new places."""
        for name, seed in [each for each in self._known if COLUMNS.get(each[0]) in columns]:
            order = self._known.pop((name, seed))
            if len(changed) <= MOST_MOVED:
                self._known[name, seed] = self._moved(order, name, changed)

    def _moved(self, order: np.ndarray, name: str, changed: np.ndarray) -> np.ndarray:
        rest = order[~np.isin(order, changed)]
        sign = -1 if name == "uncertainty" else 1

        def key(row) -> tuple:
            value, pk = self.key(name, row)
            return (-value if sign < 0 else value), pk

        for row in changed:
            rest = np.insert(rest, bisect_left(rest, key(row), key=key), row)
        return rest

    def _keys(self, name: str, seed: int) -> np.ndarray:
        if name == "random":
            return shuffled(self._columns.ids, seed)
        keys = getattr(self._columns, COLUMNS[name])
        return -keys if name == "uncertainty" else keys


def shuffled(ids: np.ndarray, seed: int) -> np.ndarray:
    """A hash of id and seed, so that the order stays while images come and go."""
    draw = random.Random(seed)
    factor, offset = draw.randrange(2**20, PRIME), draw.randrange(PRIME)
    spread = (ids.astype(np.uint64) % PRIME * np.uint64(factor) + np.uint64(offset)) % PRIME
    return spread * spread % PRIME
