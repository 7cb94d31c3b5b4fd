"""Bitmaps as geometry of an image, as API.md has it, and the other way round.

The process of the tools knows nothing of the site, so neither of ``formats.pixels``.
"""

from typing import Any

import cv2
import numpy as np

from .field import Field

FINER = 4  # outlines are traced so many times finer than the pixels: they run along edges, not through middles
Geometry = dict[str, Any]


def geometry_of(field: Field, bits: np.ndarray, shape: str) -> Geometry | None:
    """One shape around or of what is set; None where nothing is.

    Args:
        bits: rows x columns of the field, 0 or 1.
        shape: box, rotated_box, ellipse, polygon or mask.
    """
    if not bits.any():
        return None
    if shape == "mask":
        return mask_of(field, bits)
    if shape == "box":
        return {"box": _box(field, bits)}
    rings = rings_of(field, bits)
    if not rings:
        return None
    if shape == "polygon":
        return {"rings": [_rounded(ring) for ring in rings]}
    outer = rings[0].astype(np.float32)
    if shape == "ellipse" and len(outer) >= 5:
        (x, y), (w, h), angle = cv2.fitEllipse(outer)
        return {"center": [float(x), float(y)], "radii": [float(w) / 2, float(h) / 2], "angle": float(angle) % 360}
    (x, y), (w, h), angle = cv2.minAreaRect(outer)
    if shape == "ellipse":
        return {"center": [float(x), float(y)], "radii": [float(w) / 2, float(h) / 2], "angle": float(angle) % 360}
    return {"box": [float(x - w / 2), float(y - h / 2), float(w), float(h)], "angle": float(angle) % 360}


def bits_of(field: Field, shape: str, geometry: Geometry) -> np.ndarray:
    """Which pixels of the field a shape covers; 0 or 1."""
    if shape == "mask":
        return _bits_of_mask(field, geometry)
    return field.filled(rings_around(shape, geometry))


def rings_around(shape: str, geometry: Geometry) -> list[Any]:
    """The outline of a shape that has an area and is no mask."""
    if shape == "polygon":
        return geometry["rings"]
    if shape == "ellipse":
        turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        around = np.stack([np.cos(turns), np.sin(turns)], axis=1) * geometry["radii"]
        return [_turned(around, geometry.get("angle", 0.0)) + geometry["center"]]
    x, y, w, h = geometry["box"]
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) / 2
    return [_turned(corners, geometry.get("angle", 0.0)) + np.array([x + w / 2, y + h / 2])]


def mask_of(field: Field, bits: np.ndarray) -> Geometry:
    """Run lengths of the whole image; edges are made smooth where the field is smaller than the image."""
    rows, columns = field.shape
    width, height = field.image_size
    left, top = round(field.left), round(field.top)
    w = min(max(round(columns * field.scale_x), 1), width - left)
    h = min(max(round(rows * field.scale_y), 1), height - top)
    if (h, w) != (rows, columns):
        bits = cv2.resize(bits * np.uint8(255), (w, h), interpolation=cv2.INTER_LINEAR) > 127
    return {"size": [height, width], "counts": counts_of(bits.astype(bool), left, top, width, height)}


def counts_of(bits: np.ndarray, left: int, top: int, width: int, height: int) -> list[int]:
    """COCO run lengths, column by column, of an image in which ``bits`` lie at a place.

    >>> counts_of(np.array([[True], [True]]), 1, 0, 3, 2)
    [2, 2, 2]
    """
    edges = np.diff(np.pad(bits.T.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    first = (np.arange(left, left + bits.shape[1], dtype=np.int64) * height + top)[:, None]
    places = first + np.arange(bits.shape[0] + 1)
    starts, ends = places[edges == 1], places[edges == -1]
    apart = starts[1:] != ends[:-1]  # a run that goes on in the next column is one run
    starts = starts[np.concatenate([[True], apart])] if len(starts) else starts
    ends = ends[np.concatenate([apart, [True]])] if len(ends) else ends
    turns = np.stack([starts, ends], axis=1).ravel()
    counts = np.diff(np.concatenate([[0], turns, [width * height]])).tolist()
    return counts if counts[-1] or len(counts) < 2 else counts[:-1]


def rings_of(field: Field, bits: np.ndarray, part: float = 0.05) -> list[np.ndarray]:
    """The outline of the largest part, then those of its holes, as few points as tell it to half a pixel.

    Args:
        part: holes smaller than this share of it are filled.
    """
    padded = np.pad(bits.astype(np.uint8), 1)
    large = cv2.resize(padded, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_NEAREST)
    found, tree = cv2.findContours(large, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(each) if tree[0][index][3] < 0 else -1.0 for index, each in enumerate(found)]
    outer = int(np.argmax(areas))
    holes = [
        each for index, each in enumerate(found)
        if tree[0][index][3] == outer and cv2.contourArea(each) > areas[outer] * part
    ]  # fmt: skip
    rings = []
    for ring in (found[outer], *holes):
        few = cv2.approxPolyDP(ring, 0.6 * FINER, True)
        if len(few) > 2:
            rings.append(field.there((few.reshape(-1, 2) + 0.5) / FINER - 1))
    return rings


def _box(field: Field, bits: np.ndarray) -> list[float]:
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    (x, y), (right, bottom) = field.there([[columns[0], rows[0]], [columns[-1] + 1, rows[-1] + 1]])
    return [float(x), float(y), float(right - x), float(bottom - y)]


def _bits_of_mask(field: Field, geometry: Geometry) -> np.ndarray:
    height, width = geometry["size"]
    turns = np.cumsum(np.asarray(geometry["counts"], np.int64))
    rows, columns = field.shape
    x = np.clip((field.left + (np.arange(columns) + 0.5) * field.scale_x).astype(np.int64), 0, width - 1)
    y = np.clip((field.top + (np.arange(rows) + 0.5) * field.scale_y).astype(np.int64), 0, height - 1)
    places = x[None, :] * height + y[:, None]
    return (np.searchsorted(turns, places, side="right") % 2).astype(np.uint8)


def _turned(points: np.ndarray, degrees: float) -> np.ndarray:
    angle = np.deg2rad(degrees)
    return points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _rounded(ring: np.ndarray) -> list[list[float]]:
    return np.round(ring, 2).tolist()
