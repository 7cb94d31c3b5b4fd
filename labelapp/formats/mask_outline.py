"""The exact outline of a mask: along the edges of its pixels, not through their centres."""

from collections import defaultdict
from typing import Any

from labelapp.formats.rings import Ring, signed_area


def mask_rings(size: list[int], counts: list[int]) -> tuple[list[Ring], list[Ring]]:
    """Outer rings, and holes; their areas without the holes' are the number of pixels that are set.

    >>> mask_rings([2, 3], [0, 4, 2])
    ([[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]], [])
    """
    outer: list[Ring] = []
    holes: list[Ring] = []
    for ring in loops(pixel_edges(size, counts)):
        (outer if signed_area(ring) > 0 else holes).append(ring)
    return outer, holes


def pixel_edges(size: list[int], counts: list[int]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Where one comes to from a corner with set pixels on the right hand, as the screen shows it."""
    import numpy as np

    height, width = size
    values = np.arange(len(counts)) % 2 == 1
    mask = np.pad(np.repeat(values, counts).reshape(width, height).T, 1)
    inner: Any = mask[1:-1, 1:-1]
    edges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for neighbour, start, end in (
        (mask[:-2, 1:-1], (0, 0), (1, 0)),  # above
        (mask[1:-1, 2:], (1, 0), (1, 1)),  # on the right
        (mask[2:, 1:-1], (1, 1), (0, 1)),  # below
        (mask[1:-1, :-2], (0, 1), (0, 0)),  # on the left
    ):
        ys, xs = np.nonzero(inner & ~neighbour)
        for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
            edges[x + start[0], y + start[1]].append((x + end[0], y + end[1]))
    return edges


def loops(edges: dict[tuple[int, int], list[tuple[int, int]]]) -> list[Ring]:
    """The edges one behind the other; uses them up."""
    found = []
    for first in sorted(edges):
        while edges[first]:
            ring = [first]
            while (point := edges[ring[-1]].pop()) != first:
                ring.append(point)
            found.append([[float(x), float(y)] for x, y in turns(ring)])
    return found


def turns(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points at which the ring changes its direction."""
    around = zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True)
    return [b for a, b, c in around if (b[0] - a[0], b[1] - a[1]) != (c[0] - b[0], c[1] - b[1])]
