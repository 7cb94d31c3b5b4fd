"""From shapes to pixels."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from training.engine.data.bounds import bounds, corners
from training.engine.data.frame import Frame
from training.engine.data.index_map import NOTHING


def rasterised(shapes: Iterable[tuple[int, str, dict[str, Any]]], size: Frame) -> np.ndarray:
    """Returns the index of the shape on top of every pixel.

    Shapes without an area (tags, lines, points) are passed over.

    Args:
        shapes: index, shape and geometry in pixels of the image, from the lowest to the highest.
        size: of the image.

    Returns:
        Shape (height, width), uint8; `NOTHING` where there is no shape.
    """
    pixels = np.full(size, NOTHING, np.uint8)
    for index, shape, geometry in shapes:
        if shape == "mask":
            pixels[of_runs(geometry)] = index
        else:
            rings = _rings(shape, geometry)
            if rings:
                _fill(pixels, rings, index)
    return pixels


def of_runs(geometry: dict[str, Any]) -> np.ndarray:
    """Returns a mask of COCO's uncompressed runs (column by column, background first), shape (height, width), bool."""
    height, width = geometry["size"]
    counts = np.asarray(geometry["counts"], np.int64)
    values = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
    return values.reshape(width, height).T


def runs_of(mask: np.ndarray, size: Frame | None = None, left: int = 0, top: int = 0) -> dict[str, Any]:
    """Returns the geometry of a mask.

    Args:
        mask: shape (height, width), bool.
        size: of the image of which the mask is a part; None: the mask is as large as the image.
        left: where in the image the mask lies, in pixels.
        top: likewise.

    Example:
        >>> runs_of(np.array([[False, True], [True, True]]))
        {'size': [2, 2], 'counts': [1, 3]}
        >>> runs_of(np.array([[True]]), Frame(2, 2), left=1)
        {'size': [2, 2], 'counts': [2, 1, 1]}
    """
    height, width = size or mask.shape
    changes = np.diff(np.pad(mask.T.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    edges = [np.nonzero(changes == change) for change in (1, -1)]
    starts, ends = ((left + columns) * height + top + rows for columns, rows in edges)
    # What leaves a column at its end and goes on in the next one is one run.
    apart = ends[:-1] != starts[1:]
    starts, ends = starts[np.append(len(starts) > 0, apart)[: len(starts)]], ends[np.append(apart, True)[: len(ends)]]
    places = np.stack([starts, ends], axis=1).reshape(-1)
    counts = np.diff(np.concatenate([[0], places, [height * width]])).tolist()
    return {"size": [height, width], "counts": counts if counts[-1] else counts[:-1]}


def window_of(shape: str, geometry: dict[str, Any], size: Frame) -> tuple[np.ndarray, int, int] | None:
    """Returns the part of an image in which a shape lies, bool, and the left and top of that part.

    Args:
        shape: as annotations have it.
        geometry: in pixels of the image.
        size: of the image.

    Returns:
        None for a shape without an area in the image.
    """
    around = bounds(shape, geometry)
    if around is None:
        return None
    left, top = (int(np.floor(max(low, 0))) for low in around[:2])
    right, bottom = int(np.ceil(min(around[2], size.width))), int(np.ceil(min(around[3], size.height)))
    if right <= left or bottom <= top:
        return None
    if shape == "mask":
        return of_runs(geometry)[top:bottom, left:right], left, top
    pixels = np.full((bottom - top, right - left), NOTHING, np.uint8)
    rings = _rings(shape, geometry)
    if rings:
        _fill(pixels, [ring - [left, top] for ring in rings], 0)
    return (pixels == 0, left, top) if (pixels == 0).any() else None


def _rings(shape: str, geometry: dict[str, Any]) -> list[np.ndarray]:
    if shape == "polygon":
        rings = [np.array(ring, np.float64) for ring in geometry["rings"]]
    elif shape == "box":
        x, y, width, height = geometry["box"]
        rings = [np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])]
    elif shape == "rotated_box":
        rings = [corners(geometry)]
    elif shape == "ellipse":
        turns = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        across, down = geometry["radii"]
        angle = np.deg2rad(geometry.get("angle", 0))
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        rings = [np.stack([across * np.cos(turns), down * np.sin(turns)], axis=1) @ turn + geometry["center"]]
    else:
        return []
    return rings


def _fill(pixels: np.ndarray, rings: list[np.ndarray], index: int) -> None:
    """Gives the index to pixels whose middle lies inside; what several rings go round twice is outside.

    OpenCV's `fillPoly` draws the border as well, and makes every shape a pixel larger.
    """
    height, width = pixels.shape
    starts = np.concatenate(rings)
    ends = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    left, top = np.floor(starts.min(axis=0)).clip(0).astype(int)
    right, bottom = np.minimum(np.ceil(starts.max(axis=0)).astype(int), [width, height])
    if right <= left or bottom <= top:
        return
    # Every edge crosses the middles of some rows; from each crossing on, inside and outside change places.
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    first = np.ceil(low - 0.5).clip(top, bottom).astype(int)
    counts = np.ceil(high - 0.5).clip(top, bottom).astype(int) - first
    edges = np.repeat(np.arange(len(counts)), counts)
    rows = np.arange(len(edges)) - np.repeat(np.cumsum(counts) - counts, counts) + first[edges]
    slope = (ends[edges, 0] - starts[edges, 0]) / (ends[edges, 1] - starts[edges, 1])
    columns = np.ceil(starts[edges, 0] + (rows + 0.5 - starts[edges, 1]) * slope - 0.5).clip(left, right).astype(int)
    changes = np.zeros((bottom - top, right - left + 1), np.int32)
    np.add.at(changes, (rows - top, columns - left), 1)
    inside = np.cumsum(changes[:, :-1], axis=1) % 2 == 1
    pixels[top:bottom, left:right][inside] = index
