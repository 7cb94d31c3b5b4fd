import threading
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from labelapp.images.catalogue import feed
from labelapp.images.catalogue.columns import ROW_COLUMNS, STATUSES, Columns
from labelapp.images.catalogue.counting import count, count_annotations, count_assignments
from labelapp.images.catalogue.matching import Matching
from labelapp.images.catalogue.orders import Orders
from labelapp.images.catalogue.reading import read
from labelapp.images.filters import ImageFilters
from labelapp.images.models import ImageStatus

MOST_ANSWERS = 24  # an answer may be as long as the list of all images
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Place:
    """A position in an order, as cursors have it: the value and the id of the image last seen."""

    value: Any
    image: int


class Catalogue:
    """What one process knows of a project's images. Every answer is of the database as it is when it is asked.

    Each question first reads the touches since the last one: nearly always none, or one. Answers are kept until an
    image changes.
    """

    def __init__(self, project: int):
        self._project = project
        self._lock = threading.Lock()
        self._columns: Columns | None = None
        self._orders: Orders
        self._bookmark = 0
        self._answers: OrderedDict[tuple, Any] = OrderedDict()

    def __len__(self) -> int:
        return len(self._columns) if self._columns else 0

    def counts(self, filters: ImageFilters) -> dict[str, Any]:
        return self._answer(("counts", filters.key), lambda columns: count(columns, filters))

    def statuses(self) -> dict[str, int]:
        """How many images outside the trash have each status."""
        found = self.counts(ImageFilters())["status"]
        return dict(found)

    def annotations(self) -> dict[int, int]:
        """How many annotations of each class there are on images outside the trash."""
        return self._answer(("annotations",), count_annotations)

    def assignments(self) -> dict[int, dict[str, int]]:
        """For each assignment how many images outside the trash have each status."""
        return self._answer(("assignments",), count_assignments)

    def slice(
        self, filters: ImageFilters, order: str, descending: bool, start: int, size: int
    ) -> tuple[int, list[int]]:
        """Number of images that match, and ids of ``size`` of them from the place ``start`` on."""
        with self._lock:
            rows = self._matching(filters, order)
            return len(rows), self._ids(rows[::-1] if descending else rows, start, start + size)

    def beyond(
        self, filters: ImageFilters, order: str, descending: bool, place: Place, size: int, backwards: bool
    ) -> tuple[int, int, list[int]]:
        """As ``slice`` from a position on, or the last ones before it; the place of the first comes second."""
        with self._lock:
            rows = self._matching(filters, order)
            key = (place.value, place.image)

            def key_of(row) -> tuple:
                return self._orders.key(order, row)

            before = bisect_left(rows, key, key=key_of)
            up_to = bisect_right(rows, key, key=key_of)
            if descending:
                rows, before, up_to = rows[::-1], len(rows) - up_to, len(rows) - before
            start, end = (max(before - size, 0), before) if backwards else (up_to, up_to + size)
            return len(rows), start, self._ids(rows, start, end)

    def window(
        self, filters: ImageFilters, order: str, seed: int, suggested: bool, around: int | None, before: int, after: int
    ) -> tuple[int, int, list[int]]:
        """Of the labelling queue: total, place of the first, and ids around an image, which need not match itself."""
        with self._lock:
            rows = self._matching(filters, order, seed, suggested)
            row = None if around is None else self._rows.row_of(around)
            if row is None:
                return len(rows), 0, self._ids(rows, 0, after + 1)
            ranks = self._ranks(order, seed)
            place = bisect_left(rows, ranks[row], key=lambda each: ranks[each])
            later = place + 1 if place < len(rows) and rows[place] == row else place
            start = max(place - before, 0)
            ids = [*self._ids(rows, start, place), around, *self._ids(rows, later, later + after)]
            return len(rows), start, ids  # type: ignore[return-value]

    def sync(self) -> "Catalogue":
        """Learn what has changed since the last time."""
        with self._lock:
            bookmark = feed.bookmark(self._project)
            changed = feed.since(self._project, self._bookmark) if self._columns is not None else []
            # All of it: the first time, when another database was restored under our feet, or nobody noted changes.
            if self._columns is None or bookmark < self._bookmark or min(changed, default=0) < 0:
                self._columns = Columns(read(self._project))
                self._orders = Orders(self._columns)
                self._answers.clear()
            elif changed:
                self._change(self._columns, changed)
            self._bookmark = bookmark
        return self

    def _change(self, columns: Columns, changed: list[int]) -> None:
        facts = read(self._project, changed)
        before = {name: getattr(columns, name) for name in ROW_COLUMNS}
        rows = np.searchsorted(columns.ids, np.array(sorted(each[0] for each in facts.images), np.int64))
        old = {name: column[np.minimum(rows, len(column) - 1)] for name, column in before.items() if len(column)}
        if columns.replace(np.array(changed, np.int64), facts):
            self._orders.forget()
        elif old:
            others = {name for name, values in old.items() if not np.array_equal(values, getattr(columns, name)[rows])}
            self._orders.move(rows, others)
        self._answers.clear()

    @property
    def _rows(self) -> Columns:
        assert self._columns is not None
        return self._columns

    def _matching(self, filters: ImageFilters, order: str, seed: int = 0, suggested: bool = False) -> np.ndarray:
        def find(columns: Columns) -> np.ndarray:
            mask = Matching(columns, filters).all()
            if suggested:
                mask &= waiting(columns)
            rows = self._orders.rows(order, seed)
            return rows[mask[rows]]

        return self._kept(("rows", filters.key, order, seed, suggested), find)

    def _ranks(self, order: str, seed: int) -> np.ndarray:
        def find(columns: Columns) -> np.ndarray:
            ranks = np.empty(len(columns), np.int32)
            ranks[self._orders.rows(order, seed)] = np.arange(len(columns), dtype=np.int32)
            return ranks

        return self._kept(("ranks", order, seed), find)

    def _ids(self, rows: np.ndarray, start: int, end: int) -> list[int]:
        return self._rows.ids[rows[start:end]].tolist()

    def _answer(self, question: tuple, find: Callable[[Columns], Answer]) -> Answer:
        with self._lock:
            return self._kept(question, find)

    def _kept(self, question: tuple, find: Callable[[Columns], Answer]) -> Answer:
        if question not in self._answers:
            self._answers[question] = find(self._rows)
            if len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)
        self._answers.move_to_end(question)
        return self._answers[question]


DONE = [STATUSES.index(each) for each in (ImageStatus.LABELLED, ImageStatus.APPROVED)]


def waiting(columns: Columns) -> np.ndarray:
    """True for rows with open suggestions that are not labelled yet."""
    return (columns.uncertainties >= 0) & ~columns.trashed & ~np.isin(columns.statuses, DONE)
