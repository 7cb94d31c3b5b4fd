"""The skeleton of a label class as a person or a file sent it: named points in their order, lines, left and right."""

import math
from typing import Any

from django.utils.translation import gettext as _

from labelapp.lib.text import shorten
from labelapp.projects.models.attribute_definitions import Misfit, read_name
from labelapp.projects.skeleton_presets import PRESETS

Skeleton = dict[str, Any]
Path = tuple[str | int, ...]

MOST_POINTS = 100
LONGEST_NAME = 60
FIELDS = ["points", "edges", "flip"]
POINT_FIELDS = ["name", "x", "y"]
DIGITS = 4


def read_skeleton(sent: Any) -> Skeleton:
    """As it is stored: every point with its place, no line twice, ``flip`` only where there are pairs; {} for none.

    Raises:
        Misfit: names the place.
    """
    if sent is None or sent == {}:
        return {}
    if not isinstance(sent, dict):
        raise Misfit((), _("A skeleton is an object with points and edges; {} takes it away."))
    refuse_unknown(sent, FIELDS, (), _("A skeleton has no “{field}”. It may have: {names}."))
    points = read_points(sent.get("points"))
    edges = read_pairs(sent.get("edges", []), "edges", len(points))
    skeleton: Skeleton = {"points": points, "edges": without_twins(edges)}
    flip = read_pairs(sent.get("flip", []), "flip", len(points))
    seen: set[int] = set()
    for number, pair in enumerate(flip):
        if seen & set(pair):
            raise Misfit(("flip", number), _("A point belongs to one pair of left and right only."))
        seen |= set(pair)
    return skeleton | {"flip": flip} if flip else skeleton


def read_points(sent: Any) -> list[dict[str, Any]]:
    if not isinstance(sent, list) or not sent:
        raise Misfit(("points",), _("A list of at least one point is needed here."))
    if len(sent) > MOST_POINTS:
        raise Misfit(("points",), _("A skeleton has at most {count} points.").format(count=MOST_POINTS))
    points: dict[str, dict[str, Any]] = {}
    for number, each in enumerate(sent):
        path = ("points", number)
        point = {"name": each} if isinstance(each, str) else each
        if not isinstance(point, dict):
            raise Misfit(path, _("A point is an object with a name, x and y."))
        refuse_unknown(point, POINT_FIELDS, path, _("A point has no “{field}”. It may have: {names}."))
        name = read_name(point.get("name"), (*path, "name"), LONGEST_NAME)
        if name in points:
            raise Misfit((*path, "name"), _("A point is named twice: “{name}”.").format(name=name))
        points[name] = {"name": name} | {axis: read_place(point.get(axis), (*path, axis)) for axis in ("x", "y")}
    return laid_out(list(points.values()))


def read_place(sent: Any, path: Path) -> float | None:
    if sent is None:
        return None
    fits = isinstance(sent, (int, float)) and not isinstance(sent, bool) and math.isfinite(sent) and 0 <= sent <= 1
    if not fits:
        raise Misfit(path, _("The place of a point is a number from 0 to 1: a part of the box around the skeleton."))
    return round(float(sent), DIGITS)


def laid_out(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Points that were sent without a place get one: as in a skeleton that is known, else on a circle."""
    names = [each["name"] for each in points]
    known = next((preset["points"] for _title, preset in PRESETS.values() if names_of(preset) == names), None)
    for number, each in enumerate(points):
        if each["x"] is None or each["y"] is None:
            turn = 2 * math.pi * number / len(points)
            place = known[number] if known else {"x": 0.5 + 0.5 * math.sin(turn), "y": 0.5 - 0.5 * math.cos(turn)}
            each.update({axis: round(place[axis], DIGITS) for axis in ("x", "y")})
    return points


def read_pairs(sent: Any, field: str, count: int) -> list[list[int]]:
    if not isinstance(sent, list):
        raise Misfit((field,), _("A list of pairs of numbers of points is needed here, such as [[0, 1]]."))
    if len(sent) > count * count:
        raise Misfit((field,), _("These are more pairs than {count} points have.").format(count=count))
    for number, pair in enumerate(sent):
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(each) is int for each in pair):
            raise Misfit((field, number), _("A pair of numbers of points is needed here, such as [0, 1]."))
        for each in pair:
            if not 0 <= each < count:
                message = _("There is no point {number}: they count from 0 to {last}.")
                raise Misfit((field, number), message.format(number=shorten(str(each), 20), last=count - 1))
        if pair[0] == pair[1]:
            raise Misfit((field, number), _("A pair is of two different points."))
    return sent


def without_twins(edges: list[list[int]]) -> list[list[int]]:
    found: dict[tuple[int, ...], list[int]] = {}
    for each in edges:
        found.setdefault(tuple(sorted(each)), each)
    return list(found.values())


def refuse_unknown(sent: dict[Any, Any], allowed: list[str], path: Path, message: str) -> None:
    for field in sent:
        if field not in allowed:
            raise Misfit((*path, str(field)), message.format(field=shorten(str(field)), names=", ".join(allowed)))


def names_of(skeleton: Skeleton) -> list[str]:
    """Of its points in their order; none where a class has no skeleton.

    >>> names_of({"points": [{"name": "nose", "x": 0.5, "y": 0.5}], "edges": []})
    ['nose']
    """
    return [each["name"] for each in skeleton.get("points", ())]
