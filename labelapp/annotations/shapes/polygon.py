from django.utils.translation import gettext as _

from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.problem import Problem

Ring = list[list[float]]
SMALLEST_AREA_PX = 1e-6


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Clipped to the image; a hole that is clipped away is dropped."""
    reading.fields(geometry, {"rings"})
    rings = geometry["rings"]
    if not isinstance(rings, list) or not rings:
        raise Problem("geometry.rings", _("A list of rings is needed here: the outer one first, then the holes."))
    outer, *holes = [read(ring, f"geometry.rings.{index}") for index, ring in enumerate(rings)]
    outer = clip(outer, width, height)
    if not outer:
        raise reading.outside("geometry.rings.0", width, height)
    return {"rings": [outer, *filter(None, (clip(hole, width, height) for hole in holes))]}


def read(value: object, field: str) -> Ring:
    ring = reading.points(value, field)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len({(x, y) for x, y in ring}) < 3:
        raise Problem(field, _("A ring needs at least three different points."))
    if area(ring) < SMALLEST_AREA_PX:
        message = _("The ring has no area: its points lie on one line, or it crosses itself into equal halves.")
        raise Problem(field, message)
    return ring


def area(ring: Ring) -> float:
    following = ring[1:] + ring[:1]
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, following, strict=True))) / 2


def clip(ring: Ring, width: int, height: int) -> Ring:
    """The part inside the image (Sutherland and Hodgman, 1974); empty when nothing is left."""
    if all(0 <= x <= width and 0 <= y <= height for x, y in ring):
        return ring
    for axis, border, sign in ((0, 0.0, 1), (0, float(width), -1), (1, 0.0, 1), (1, float(height), -1)):
        ring = _clip_at(ring, axis, border, sign)
    ring = [point for index, point in enumerate(ring) if point != ring[index - 1]]  # corners come twice
    return ring if len({(x, y) for x, y in ring}) >= 3 and area(ring) >= SMALLEST_AREA_PX else []


def _clip_at(ring: Ring, axis: int, border: float, sign: int) -> Ring:
    kept: Ring = []
    for start, end in zip(ring[-1:] + ring[:-1], ring, strict=True):
        start_in, end_in = sign * (start[axis] - border) >= 0, sign * (end[axis] - border) >= 0
        if start_in != end_in:
            share = (border - start[axis]) / (end[axis] - start[axis])
            crossing = [s + share * (e - s) for s, e in zip(start, end, strict=True)]
            crossing[axis] = border
            kept.append(crossing)
        if end_in:
            kept.append(end)
    return kept
