"""The exact outline of a mask: along the edges of its pixels, not through their centres."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from labelapp.formats.pixels import of_counts
from labelapp.formats.rings import Ring, signed_area

Corner = tuple[int, int]


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


def pixel_edges(size: list[int], counts: list[int]) -> dict[Corner, list[Corner]]:
    """Where one comes to from a corner with set pixels on the right hand, as the screen shows it.

    Straight on as far as it goes: a mask of a photo has far more pixels along its edges than corners.
    """
    import numpy as np

    inside: Any = np.pad(of_counts(size, counts), 1)
    edges: dict[Corner, list[Corner]] = defaultdict(list)
    upright = inside.T
    for y, left, right in runs(inside[1:-1, 1:-1] & ~inside[:-2, 1:-1]):  # above
        edges[left, y].append((right, y))
    for x, top, bottom in runs(upright[1:-1, 1:-1] & ~upright[2:, 1:-1]):  # on the right
        edges[x + 1, top].append((x + 1, bottom))
    for y, left, right in runs(inside[1:-1, 1:-1] & ~inside[2:, 1:-1]):  # below
        edges[right, y + 1].append((left, y + 1))
    for x, top, bottom in runs(upright[1:-1, 1:-1] & ~upright[:-2, 1:-1]):  # on the left
        edges[x, bottom].append((x, top))
    return edges


def runs(marked: Any) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of what is marked without a gap."""
    import numpy as np

    steps = np.diff(np.pad(marked.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, places = (each.tolist() for each in np.nonzero(steps))
    return zip(rows[::2], places[::2], places[1::2], strict=True)


def loops(edges: dict[Corner, list[Corner]]) -> list[Ring]:
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
