"""The images of one project as columns: a hundred thousand of them are looked through in a millisecond."""

import numpy as np

from labelapp.images.catalogue.reading import Facts, moments
from labelapp.images.filters import COMMENTS, NONE, PEOPLE, SOURCES
from labelapp.images.models import ImageStatus, Split

STATUSES = list(ImageStatus.values)
SPLITS = ["", *Split.values]
NOTHING = -1.0  # the uncertainty of an image without open suggestions
ROW_COLUMNS = (
    "ids", "names", "statuses", "splits", "trashed", "sizes", "created", "updated", "sources", "uncertainties",
    "comments", "assignments", *PEOPLE,
)  # fmt: skip


class Columns:
    """Rows are sorted by id. ``label_*`` has one row for each class of each image.

    Attributes:
        ids, sizes, created, updated: int64, moments in microseconds; names: objects; trashed: bool.
        statuses, splits: places in STATUSES and SPLITS; sources: a bit for each of SOURCES.
        comments: places in COMMENTS; assignments: int64, ids, 0 for none.
        labelled_by, reviewed_by: int64, ids of people, 0 for nobody.
        uncertainties: of open suggestions, NOTHING where there is none.
        label_rows: the image's row; label_codes: place in ``classes``, both as wide as NumPy looks things up by;
            label_counts: number of annotations.
    """

    labelled_by: np.ndarray
    reviewed_by: np.ndarray
    label_rows: np.ndarray
    label_codes: np.ndarray
    label_counts: np.ndarray

    def __init__(self, facts: Facts, others: "Columns | None" = None):
        """
        Args:
            others: columns whose codes of classes these shall have as well.
        """
        self.classes: list[int] = others.classes if others else []  # ids, in the order in which they were met
        self._codes: dict[int, int] = others._codes if others else {}
        self._take(facts)

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, image: int) -> int | None:
        row = int(np.searchsorted(self.ids, image))
        return row if row < len(self.ids) and self.ids[row] == image else None

    def replace(self, ids: np.ndarray, facts: Facts) -> bool:
        """Put fresh facts in the place of what is known of these images.

        Returns:
            Whether images have come or gone: then the rows are others than before.
        """
        fresh = Columns(facts, others=self)
        gone = np.isin(self.ids, ids)
        rows = np.searchsorted(self.ids, fresh.ids)
        same = len(fresh) == gone.sum() and bool((self.ids[np.minimum(rows, len(self) - 1)] == fresh.ids).all())
        if same:
            for name in ROW_COLUMNS:
                getattr(self, name)[rows] = getattr(fresh, name)
            fresh.label_rows = rows[fresh.label_rows]
            self._replace_labels(np.flatnonzero(gone[self.label_rows]), fresh)
        else:
            keep = ~gone[self.label_rows]
            order = np.argsort(np.concatenate([self.ids[~gone], fresh.ids]), kind="stable")
            back = np.empty(len(order), np.int64)
            back[order] = np.arange(len(order))
            old, place = np.full(len(self), -1), back[len(order) - len(fresh) :]
            old[~gone] = back[: len(order) - len(fresh)]
            kept_rows = old[self.label_rows[keep]]
            for name in ROW_COLUMNS:
                setattr(self, name, np.concatenate([getattr(self, name)[~gone], getattr(fresh, name)])[order])
            self.label_rows = np.concatenate([kept_rows, place[fresh.label_rows]])
            self.label_codes = np.concatenate([self.label_codes[keep], fresh.label_codes])
            self.label_counts = np.concatenate([self.label_counts[keep], fresh.label_counts])
        return not same

    def _replace_labels(self, stale: np.ndarray, fresh: "Columns") -> None:
        """In their place as far as there are as many: after a save nearly all stay where they are."""
        common = min(len(stale), len(fresh.label_rows))
        for name in ("label_rows", "label_codes", "label_counts"):
            mine, new = getattr(self, name), getattr(fresh, name)
            mine[stale[:common]] = new[:common]
            if len(stale) > common:
                mine = np.delete(mine, stale[common:])
            setattr(self, name, np.concatenate([mine, new[common:]]) if len(new) > common else mine)

    def code_of(self, label_class: int) -> int | None:
        return self._codes.get(label_class)

    def _take(self, facts: Facts) -> None:
        rows = sorted(facts.images)
        ids, names, statuses, splits, trashed, sizes, created, updated, *people = columns_of(rows, 8 + len(PEOPLE))
        self.ids, self.sizes = np.array(ids, np.int64), np.array(sizes, np.int64)
        self.names = np.empty(len(rows), object)
        self.names[:] = names
        self.statuses = np.array([STATUSES.index(each) for each in statuses], np.uint8)
        self.splits = np.array([SPLITS.index(each) for each in splits], np.uint8)
        self.trashed = np.array(trashed, bool)
        self.created, self.updated = moments(list(created)), moments(list(updated))
        for name, values in zip(PEOPLE, people, strict=True):
            setattr(self, name, np.array(values, np.int64))
        self._take_labels(facts.labels)
        self.uncertainties = np.full(len(rows), NOTHING)
        images, doubts = columns_of(facts.doubts, 2)
        found = self._rows(images)
        self.uncertainties[found[found >= 0]] = np.array(doubts, float)[found >= 0]

        self._take_threads(facts.threads)
        self.assignments = np.zeros(len(rows), np.int64)
        images, assignments = columns_of(facts.assigned, 2)
        found = self._rows(images)
        self.assignments[found[found >= 0]] = np.array(assignments, np.int64)[found >= 0]

    def _take_threads(self, threads: list[tuple]) -> None:
        images, _all, opened = columns_of(threads, 3)
        self.comments = np.full(len(self.ids), COMMENTS.index(NONE), np.uint8)
        found = self._rows(images)
        states = np.where(np.array(opened) > 0, COMMENTS.index("open"), COMMENTS.index("resolved"))
        self.comments[found[found >= 0]] = states[found >= 0]

    def _take_labels(self, labels: list[tuple]) -> None:
        images, classes, sources, counts = columns_of(labels, 4)
        rows = self._rows(images)
        known = rows >= 0  # an image may have been deleted between two queries; its touch is still to be read
        bits = np.array([1 << SOURCES.index(each) for each in sources], np.uint8)
        self.sources = np.zeros(len(self.ids), np.uint8)
        np.bitwise_or.at(self.sources, rows[known], bits[known])
        codes = np.array([self._code(each) for each in classes], np.int64)
        pairs = rows[known] * max(len(self.classes), 1) + codes[known]
        each, inverse = np.unique(pairs, return_inverse=True)
        self.label_rows = each // max(len(self.classes), 1)
        self.label_codes = each % max(len(self.classes), 1)
        self.label_counts = np.bincount(inverse, np.array(counts, float)[known], len(each)).astype(np.int32)

    def _rows(self, images: tuple) -> np.ndarray:
        """The row of each image, -1 where there is none."""
        wanted = np.array(images, np.int64)
        if not len(self.ids):
            return np.full(len(wanted), -1)
        rows = np.searchsorted(self.ids, wanted)
        return np.where(self.ids[np.minimum(rows, len(self.ids) - 1)] == wanted, rows, -1)

    def _code(self, label_class: int) -> int:
        if label_class not in self._codes:
            self._codes[label_class] = len(self.classes)
            self.classes.append(label_class)
        return self._codes[label_class]


def columns_of(rows: list[tuple], count: int) -> list[tuple]:
    return list(zip(*rows, strict=True)) if rows else [()] * count
