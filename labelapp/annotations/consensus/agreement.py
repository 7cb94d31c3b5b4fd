"""The figures of a round: of each pair of people, of each class and of each image."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from labelapp.annotations.consensus.kappa import cohen, fleiss
from labelapp.annotations.consensus.matching import matched

NO_CLASS = 0  # of an image that somebody gave none


@dataclass(frozen=True, slots=True)
class Labels:
    """What one person gave one image.

    Attributes:
        classes: ids of the classes of the shapes, int64 of shape ``(n,)``.
        tags: ids of the classes of the whole image.
    """

    classes: np.ndarray
    tags: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.classes) + len(self.tags)


@dataclass(frozen=True, slots=True)
class ImageLabels:
    """What people gave one image.

    Attributes:
        people: one for each person of the round, None for who has not labelled it.
        ious: overlaps of the shapes of two people by their places (first < second), of shape ``(n, m)``.
    """

    people: Sequence[Labels | None]
    ious: Mapping[tuple[int, int], np.ndarray]


@dataclass(slots=True)
class Pair:
    """Two people on the images that both have labelled.

    Attributes:
        matched: shapes of one that are those of the other; same_class: those of them with the same class.
        alone_first, alone_second: shapes of each that the other has not.
        agreement: 0 to 1, shapes and tags that both have alike among all (F1); None where there are none.
        mean_iou: of the matched shapes.
        kappa_shapes: Cohen's kappa of the classes of the matched shapes; kappa_tags: of the classes of the images.
    """

    first: int
    second: int
    images: int = 0
    matched: int = 0
    same_class: int = 0
    alone_first: int = 0
    alone_second: int = 0
    agreement: float | None = None
    mean_iou: float | None = None
    kappa_shapes: float | None = None
    kappa_tags: float | None = None


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """``labels``: how often people gave it; ``agreement`` as of a pair, of this class alone, over all pairs."""

    label_class: int
    labels: int
    agreement: float | None
    mean_iou: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """``images``: the agreement of each image, 0 to 1; None where fewer than two people have labelled it."""

    images: list[float | None]
    pairs: list[Pair]
    classes: list[ClassFigures]
    agreement: float | None
    mean_iou: float | None
    fleiss_tags: float | None


@dataclass(slots=True)
class Tally:
    """``alike``: labels of both that are the same, counted for both."""

    alike: int = 0
    all: int = 0
    ious: list[float] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        return self.alike / self.all if self.all else None

    @property
    def mean_iou(self) -> float | None:
        return float(np.mean(self.ious)) if self.ious else None


def figures(images: Sequence[ImageLabels], people: int, one_class: bool = False) -> Figures:
    """
    Args:
        people: how many there are in the round.
        one_class: an image has one tag at most: what is compared is which, not whether each one is there.
    """
    scores: list[list[float]] = [[] for _each in images]
    by_class: dict[int, Tally] = defaultdict(Tally)
    pairs, whole = [], Tally()
    tagging = Tagging(images, one_class)
    tags = [tagging.said(person) for person in range(people)]
    for first, second in combinations(range(people), 2):
        pair, told = Pair(first, second), Tally()
        classes: tuple[list[int], list[int]] = ([], [])
        for at, image in enumerate(images):
            one, other = image.people[first], image.people[second]
            if one is None or other is None:
                continue
            pair.images += 1
            here = compare(one, other, image.ious[first, second], pair, classes, by_class)
            scores[at].append(1.0 if here.share is None else here.share)
            for tally in (told, whole):
                tally.alike, tally.all = tally.alike + here.alike, tally.all + here.all
                tally.ious += here.ious
        pair.agreement, pair.mean_iou = told.share, told.mean_iou
        pair.kappa_shapes = cohen(*classes)
        both = [(a, b) for a, b in zip(tags[first], tags[second], strict=True) if a is not None and b is not None]
        pair.kappa_tags = cohen([a for a, _b in both], [b for _a, b in both])
        pairs.append(pair)
    return Figures(
        images=[float(np.mean(each)) if each else None for each in scores],
        pairs=pairs,
        classes=[
            ClassFigures(pk, counted(images, pk), by_class[pk].share, by_class[pk].mean_iou) for pk in sorted(by_class)
        ],
        agreement=whole.share,
        mean_iou=whole.mean_iou,
        fleiss_tags=fleiss(table(tags)),
    )  # fmt: skip


def compare(
    one: Labels, other: Labels, ious: np.ndarray, pair: Pair, classes: tuple[list[int], list[int]],
    by_class: dict[int, Tally],
) -> Tally:  # fmt: skip
    """Two people's labels of one image; counted into their pair, the classes of their matches and each class."""
    found = matched(ious, one.classes, other.classes)
    here = Tally(all=len(one) + len(other))
    for pk in [*one.classes.tolist(), *other.classes.tolist(), *one.tags, *other.tags]:
        by_class[pk].all += 1
    for row, column in found:
        mine, theirs, iou = int(one.classes[row]), int(other.classes[column]), float(ious[row, column])
        classes[0].append(mine)
        classes[1].append(theirs)
        here.ious.append(iou)
        if mine == theirs:
            here.alike += 2
            by_class[mine].alike += 2
            by_class[mine].ious.append(iou)
            pair.same_class += 1
    for pk in one.tags & other.tags:
        here.alike += 2
        by_class[pk].alike += 2
    pair.matched += len(found)
    pair.alone_first += len(one.classes) - len(found)
    pair.alone_second += len(other.classes) - len(found)
    return here


class Tagging:
    """What people said about images as a whole, as categories: which class, or of each class whether it is there."""

    def __init__(self, images: Sequence[ImageLabels], one_class: bool):
        self._images, self._one_class = images, one_class
        self._classes = sorted({pk for image in images for each in image.people if each for pk in each.tags})

    def said(self, person: int) -> list[int | None]:
        found: list[int | None] = []
        for image in self._images:
            labels = image.people[person]
            if self._one_class:
                found.append(None if labels is None else max(labels.tags, default=NO_CLASS))
            else:
                found += [None if labels is None else int(pk in labels.tags) for pk in self._classes]
        return found if self._classes else []


def table(tags: Sequence[Sequence[int | None]]) -> np.ndarray:
    """How many people said each category, of what all of them have labelled."""
    things = [list(said) for said in zip(*tags, strict=True) if None not in said]
    categories = sorted({each for said in things for each in said if each is not None})
    return np.array([[said.count(each) for each in categories] for said in things])


def counted(images: Sequence[ImageLabels], pk: int) -> int:
    given = [each for image in images for each in image.people if each is not None]
    return sum(int((each.classes == pk).sum()) + (pk in each.tags) for each in given)
