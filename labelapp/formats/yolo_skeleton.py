"""Skeletons in data.yaml: ``kpt_names`` by class, ``flip_idx`` of all, and what YOLO has no place for under our key."""

from collections.abc import Sequence
from typing import Any

from labelapp.formats.yolo_text import quoted

Skeleton = dict[str, Any]
OWN = "labelapp"


def skeleton_lines(classes: Sequence[str], points: int, skeletons: dict[str, Skeleton]) -> list[str]:
    """
    Args:
        points: how many every line has.
    """
    known = {number: skeletons[name] for number, name in enumerate(classes) if name in skeletons}
    if not known:
        return []
    flip = flip_of(list(known.values()), points)
    lines = [f"flip_idx: {flip}"] if flip else ["# no flip_idx: no pairs of left and right, or different ones"]
    lines.append("kpt_names:")
    lines += [f"  {number}: {quoted([point['name'] for point in each['points']])}" for number, each in known.items()]
    return [*lines, f"{OWN}:", "  skeletons:", *(f"    {number}: {quoted(each)}" for number, each in known.items())]


def flip_of(skeletons: list[Skeleton], points: int) -> list[int]:
    """Which point each becomes in a mirror; empty where there are no pairs, or two classes say different things.

    >>> flip_of([{"points": [{}, {}, {}], "flip": [[1, 2]]}], 4)
    [0, 2, 1, 3]
    """
    flip: dict[int, int] = {}
    for each in skeletons:
        own = {place: place for place in range(len(each["points"]))}
        for left, right in each.get("flip", ()):
            own |= {left: right, right: left}
        if any(flip.setdefault(place, other) != other for place, other in own.items()):
            return []
    whole = [flip.get(place, place) for place in range(points)]
    return [] if whole == list(range(points)) or max(whole, default=0) >= points else whole


def read_skeletons(data: dict[Any, Any]) -> dict[int, Any]:
    """By the numbers of the classes; what cannot be understood says nothing."""
    own = data.get(OWN)
    if isinstance(own, dict) and isinstance(own.get("skeletons"), dict):
        return own["skeletons"]
    names = data.get("kpt_names")
    lists = names if isinstance(names, dict) else {0: names}
    return {
        number: {"points": each, "edges": [], "flip": pairs_in(data.get("flip_idx"), len(each))}
        for number, each in lists.items()
        if isinstance(each, list) and each and all(isinstance(name, str) for name in each)
    }


def pairs_in(flip: Any, count: int) -> list[list[int]]:
    """
    >>> pairs_in([0, 2, 1], 3)
    [[1, 2]]
    """
    if not isinstance(flip, list) or not all(type(each) is int for each in flip):
        return []
    places = dict(enumerate(flip))
    return [[each, other] for each, other in places.items() if each < other < count and places.get(other) == each]
