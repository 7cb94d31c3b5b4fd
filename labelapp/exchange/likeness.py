"""Which annotation of an image a row without an id means: the one that looks the same.

Formats that tell places as shares of the image round them, so that what comes back lies some thousandths of a pixel
beside what went out.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.skeleton_fit import told
from labelapp.annotations.shapes import Geometry

Cell = tuple[int, int]
NEAR = 4e-6  # of the image's longer side: six digits of each edge, and what is worked out of them


class Lookalikes:
    """Annotations of an image, each to be found once, by rows that look the same.

    Args:
        rows: annotations by id, with ``class_name``.
        size: the longer side of the image in pixels.
        attributes: whether attributes belong to how they look.
    """

    def __init__(self, rows: Mapping[str, Row], size: int, attributes: bool):
        self._near, self._attributes = NEAR * size, attributes
        self._places: dict[tuple[str, Cell], list[tuple[str, list[float]]]] = defaultdict(list)
        for identifier, row in rows.items():
            kind, numbers = self._look(row)
            self._places[kind, cell(numbers)].append((identifier, numbers))

    def take(self, row: Row) -> str | None:
        """The id of the first that looks like this one, and of those the one that is nearest."""
        kind, numbers = self._look(row)
        nearest, place, at = math.inf, [], 0
        for near in around(cell(numbers)):
            here = self._places.get((kind, near), [])
            for index, (_identifier, others) in enumerate(here):
                distance = apart(numbers, others)
                if distance < nearest:
                    nearest, place, at = distance, here, index
                if not distance:
                    break
        return place.pop(at)[0] if nearest <= self._near else None

    def _look(self, row: Row) -> tuple[str, list[float]]:
        attributes = sorted(row["attributes"].items()) if self._attributes else []
        numbers: list[float] = []
        form = spread(comparable(row["shape"], row["geometry"]), numbers)
        return repr([row["class_name"], row["shape"], attributes, form]), numbers


def comparable(shape: str, geometry: Geometry) -> Any:
    """What is the same for the same shape however it is told."""
    if shape == "keypoints":
        return told(geometry)
    return turned(geometry) if shape == "rotated_box" else geometry


def turned(geometry: Geometry) -> list[float]:
    """Of a rotated box middle, sides of the upright box around it, and which way it leans.

    A quarter turn with its sides exchanged is the same box, and the angle of a small one is rounded more than its
    corners are.
    """
    x, y, w, h = geometry["box"]
    angle = math.radians(geometry["angle"])
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    lean = (w - h) * math.sin(2 * angle)
    return [x + w / 2, y + h / 2, w * cosine + h * sine, w * sine + h * cosine, lean]


def spread(value: Any, numbers: list[float]) -> Any:
    """The same value with its numbers, in order, put apart."""
    if isinstance(value, Mapping):
        return {name: spread(each, numbers) for name, each in sorted(value.items())}
    if isinstance(value, list):
        return [spread(each, numbers) for each in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        numbers.append(float(value))
        return None
    return value


def cell(numbers: list[float]) -> Cell:
    """A pixel in which the first of them lie: of ten thousand shapes only few have to be compared."""
    x, y = [*numbers[:2], 0.0, 0.0][:2]
    return math.floor(x), math.floor(y)


def around(middle: Cell) -> Iterator[Cell]:
    """A cell, and then those beside it."""
    steps = (0, -1, 1)
    return ((middle[0] + dx, middle[1] + dy) for dx in steps for dy in steps)


def apart(some: list[float], others: list[float]) -> float:
    return max((abs(a - b) for a, b in zip(some, others, strict=True)), default=0.0)
