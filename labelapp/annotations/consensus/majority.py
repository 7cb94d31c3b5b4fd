"""What most people say of an image: the objects that enough of them have, each by the shape that fits best."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from labelapp.annotations.consensus.agreement import Labels
from labelapp.annotations.consensus.matching import matched

Place = tuple[int, int]  # person, place among their shapes


def enough(people: int) -> int:
    """At least half of them, and never one alone.

    >>> [enough(each) for each in (2, 3, 4, 5)]
    [2, 2, 2, 3]
    """
    return max(2, -(-people // 2))


def objects(people: Sequence[Labels], ious: Mapping[tuple[int, int], np.ndarray]) -> list[list[Place]]:
    """Shapes of different people that are the same object; the best overlaps are joined first.

    Args:
        people: those who have labelled the image.
        ious: as of ``ImageLabels``.
    """
    edges = []
    for (first, second), overlaps in ious.items():
        for row, column in matched(overlaps, people[first].classes, people[second].classes):
            edges.append((float(overlaps[row, column]), (first, row), (second, column)))
    of: dict[Place, list[Place]] = {
        (person, at): [(person, at)] for person, labels in enumerate(people) for at in range(len(labels.classes))
    }
    for _iou, one, other in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        mine, theirs = of[one], of[other]
        if mine is theirs or {person for person, _at in mine} & {person for person, _at in theirs}:
            continue
        mine += theirs
        for place in theirs:
            of[place] = mine
    return list({id(each): each for each in of.values()}.values())


def majority(people: Sequence[Labels], ious: Mapping[tuple[int, int], np.ndarray]) -> list[Place]:
    """The shapes to take: of each object that enough people have with one class, the one that overlaps most with the
    others of that class."""
    found = []
    for members in objects(people, ious):
        votes = Counter(int(people[person].classes[at]) for person, at in members)
        label_class, count = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
        if count < enough(len(people)):
            continue
        alike = [place for place in members if int(people[place[0]].classes[place[1]]) == label_class]
        found.append(max(alike, key=lambda place: (mean_overlap(place, alike, ious), -place[0])))
    return sorted(found)


def mean_overlap(place: Place, members: list[Place], ious: Mapping[tuple[int, int], np.ndarray]) -> float:
    overlaps = [overlap(place, other, ious) for other in members if other != place]
    return float(np.mean(overlaps)) if overlaps else 0.0


def overlap(one: Place, other: Place, ious: Mapping[tuple[int, int], np.ndarray]) -> float:
    (first, row), (second, column) = sorted((one, other))
    return float(ious[first, second][row, column])


def common_tags(people: Sequence[Labels], one_class: bool) -> list[int]:
    """Classes of the whole image that enough people gave it."""
    votes = Counter(pk for labels in people for pk in labels.tags)
    found = [pk for pk, count in sorted(votes.items()) if count >= enough(len(people))]
    return [max(found, key=lambda pk: votes[pk])] if found and one_class else found
