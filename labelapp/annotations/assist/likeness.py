"""What is coloured like the inside of a shape, rather than like what surrounds it."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from .field import Field
from .geometry import bits_of
from .grabcut import cut_out

MOST = 300_000  # pixels of the whole image that are looked at
AROUND = 0.6  # of the shape's size: how far its surroundings reach
LEAST_PIXELS = 12


@dataclass(frozen=True)
class Sample:
    """The shape that others are to be like.

    Args:
        bits: the pixels of the thing itself; ``marked``: those of the shape that was drawn around it.
        like: rows x columns, 0 to 1: how sure it is that a pixel is of such a thing, by its colour.
    """

    field: Field
    bits: np.ndarray
    marked: np.ndarray
    like: np.ndarray

    @property
    def area(self) -> int:
        return int(self.bits.sum())


def sample(field: Field, shape: str, geometry: dict[str, Any]) -> Sample | None:
    """None where the shape is too small to tell its colours."""
    whole = field.reduced(MOST)
    marked = bits_of(whole, shape, geometry)
    if marked.sum() < LEAST_PIXELS:
        return None
    bits = thing_in(field, whole, geometry["box"], marked) if shape == "box" else marked
    ring = surroundings(bits)
    colours = cv2.cvtColor(cv2.GaussianBlur(whole.pixels, (0, 0), 1.0), cv2.COLOR_RGB2LAB).astype(np.float32)
    if min(bits.sum(), ring.sum()) < LEAST_PIXELS / 2:
        return None
    inside, outside = score(colours, bits > 0), score(colours, ring > 0)
    like = 1 / (1 + np.exp(np.clip(inside - outside, -30, 30)))
    # What is like neither is not like the shape, however little it is like what surrounds that.
    usual = float(np.quantile(inside[bits > 0], 0.98))
    like[inside > max(usual * 1.5, usual + 4)] = 0
    return Sample(whole, bits, marked, like)


def thing_in(field: Field, whole: Field, box: Any, marked: np.ndarray) -> np.ndarray:
    """A box holds some of what surrounds the thing: that is cut off, or the corners where it cannot be told."""
    bits, patch = cut_out(field, tuple(box))
    there = patch.there([[0, 0], [bits.shape[1], bits.shape[0]]])
    (left, top), (right, bottom) = np.round(whole.here(there)).astype(int)
    part = np.zeros(whole.shape, np.uint8)
    if right > left and bottom > top:
        small = cv2.resize(bits, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
        part[top:bottom, left:right] = small[: part.shape[0] - top, : part.shape[1] - left]
    part &= marked
    if 0.2 < part.sum() / marked.sum() < 0.97:
        return part
    x, y, w, h = box
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    around = np.stack([0.5 + 0.45 * np.cos(turns), 0.5 + 0.45 * np.sin(turns)], axis=1)
    oval = whole.filled([around * [w, h] + [x, y]])
    return oval if oval.sum() >= LEAST_PIXELS else marked


def surroundings(bits: np.ndarray) -> np.ndarray:
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    reach = max(int(max(rows[-1] - rows[0], columns[-1] - columns[0]) * AROUND), 3)
    near = cv2.dilate(bits, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    ring = np.zeros_like(bits)
    ring[max(rows[0] - reach, 0) : rows[-1] + reach + 1, max(columns[0] - reach, 0) : columns[-1] + reach + 1] = 1
    return ring & (1 - near)


def score(colours: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Minus twice the logarithm of how likely each colour is, by the normal distribution of those at some places."""
    some = colours[where].astype(np.float64)
    middle = np.median(some, axis=0)
    spread = np.cov(some.T) + np.eye(3) * 6.0
    away = colours - middle.astype(np.float32)
    turned = away.reshape(-1, 3) @ np.linalg.cholesky(np.linalg.inv(spread)).astype(np.float32)
    squares = np.einsum("ij,ij->i", turned, turned).reshape(colours.shape[:2])
    return squares + np.float32(np.log(np.linalg.det(spread)))
