"""Shapes as pixels and back: a pixel belongs to a shape that has its centre."""

from collections.abc import Sequence
from typing import Any

from labelapp.formats.bounds import corners, ellipse_ring


def counts_of(inside: Any) -> list[int]:
    """COCO run lengths of a boolean array of height x width: column by column, the first run is of zeros.

    >>> import numpy as np
    >>> counts_of(np.array([[False, True, False], [False, True, True]]))
    [2, 2, 1, 1]
    """
    import numpy as np

    flat = inside.ravel(order="F")
    places = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    runs = np.diff(np.concatenate(([0], places, [flat.size]))).tolist()
    return [0, *runs] if flat[0] else runs


def of_counts(size: Sequence[int], counts: Sequence[int]) -> Any:
    """The boolean array of a mask."""
    import numpy as np

    height, width = size
    return np.repeat(np.arange(len(counts)) % 2 == 1, counts).reshape(width, height).T


def inside_of(shape: str, geometry: dict[str, Any], width: int, height: int) -> Any:
    """The boolean array of a shape; None for one that has no area."""
    if shape == "mask":
        return of_counts(geometry["size"], geometry["counts"])
    rings = rings_of(shape, geometry)
    return inside_rings(rings, width, height) if rings else None


def rings_of(shape: str, geometry: dict[str, Any]) -> list[Any]:
    if shape in ("box", "rotated_box"):
        return [corners(geometry)]
    if shape == "ellipse":
        return [ellipse_ring(geometry)]
    return geometry["rings"] if shape == "polygon" else []


def inside_rings(rings: Sequence[Sequence[Sequence[float]]], width: int, height: int) -> Any:
    """Even-odd: each edge turns all pixels on its right; one that is turned by an odd number of edges is inside."""
    import numpy as np

    turned = np.zeros((height, width + 1), np.uint8)
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if ay > by:
                ax, ay, bx, by = bx, by, ax, ay
            first, last = (min(max(int(np.ceil(y - 0.5)), 0), height) for y in (ay, by))
            if first == last:
                continue
            rows = np.arange(first, last)
            crossings = ax + (bx - ax) * (rows + 0.5 - ay) / (by - ay)
            turned[rows, np.clip(np.ceil(crossings - 0.5).astype(np.int64), 0, width)] ^= 1
    return np.bitwise_xor.accumulate(turned[:, :-1], axis=1).astype(bool)
