"""What stands out in a box: GrabCut (Rother, Kolmogorov and Blake, 2004), told more by strokes.

Who drags a box drags it close to the thing. An answer that does not reach to its sides has taken a part of the thing
for background, since its neighbours have the same colour: then the middle of the box is said to belong to it, and what
fills the box better is the answer (a simple form of what Lempitsky et al. proposed in 2009). Of 252 blood cells, most
of which touch others, the bounds of 66 % overlap the box by 0.7 that way, of 54 % without.
"""

from typing import Any

import cv2
import numpy as np

from .field import Box, Field
from .geometry import bits_of, geometry_of

MARGIN = 0.15  # of the box, at each side: what the background looks like
FINE, COARSE = 60_000, 15_000  # pixels: the outline is found on the one, what belongs together on the other
ROUNDS = 3
BAND = 3  # pixels at each side of the outline that are looked at again
EDGE = 60  # so many times narrower than the image is the edge that is taken for background where nothing else is
FILLED = 0.8  # overlap of the answer's bounds with the box, from which on nothing else is tried
ANYTHING = 0.2  # where a shape says already what is meant
CORE = 0.55  # of the box's sides, in its middle: a thing in a box of nearly twice its size is still found
BUSY = 0.3  # of the pixels: where outlines are everywhere, another look at all of them takes too long
SPECK = 0.05  # of the largest part: smaller ones are noise
NO_BOX = (0, 0, 0, 0)  # the labels say it
SURE, MAYBE = cv2.GC_FGD, cv2.GC_PR_FGD
SURELY_NOT, MAYBE_NOT = cv2.GC_BGD, cv2.GC_PR_BGD


def answer(field: Field, given: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Args:
        given: ``shape`` to answer with; ``box`` that holds the thing; ``keep`` and ``remove``, strokes over what
            belongs to it and what does not, each with ``points`` and ``width``; ``about``, a shape that says roughly
            where it is.
    """
    bits, patch = cut_out(field, given["box"], given.get("keep", ()), given.get("remove", ()), given.get("about"))
    geometry = geometry_of(patch, bits, given["shape"])
    return [{"shape": given["shape"], "geometry": geometry}] if geometry else []


def cut_out(field: Field, box: Box, keep: Any = (), remove: Any = (), about: Any = None) -> tuple[np.ndarray, Field]:
    """Which pixels belong to the thing, and the part of the field in which they lie."""
    patch = field.around(grown(reaching(box, keep), MARGIN), FINE)
    bits = parted(patch, box, keep, remove, about)
    filled = filling(patch, bits, box)
    if filled < (ANYTHING if about else FILLED):
        other = parted(patch, box, [*keep, middle_of(box)], remove, about)
        if filling(patch, other, box) > filled:
            bits = other
    return bits, patch


def middle_of(box: Box) -> dict[str, Any]:
    """As a stroke along its longer side."""
    x, y, w, h = box
    dx, dy = CORE * max(w - h, 0) / 2, CORE * max(h - w, 0) / 2
    cx, cy = x + w / 2, y + h / 2
    return {"points": [[cx - dx, cy - dy], [cx + dx, cy + dy]], "width": CORE * min(w, h)}


def filling(field: Field, bits: np.ndarray, box: Box) -> float:
    """Intersection over union of a box with the bounds of the pixels that are set."""
    rows, columns = np.flatnonzero(bits.any(1)), np.flatnonzero(bits.any(0))
    if not len(rows):
        return 0.0
    left, right = field.left + columns[0] * field.scale_x, field.left + (columns[-1] + 1) * field.scale_x
    top, bottom = field.top + rows[0] * field.scale_y, field.top + (rows[-1] + 1) * field.scale_y
    x, y, w, h = box
    shared = max(min(right, x + w) - max(left, x), 0) * max(min(bottom, y + h) - max(top, y), 0)
    return float(shared / (w * h + (right - left) * (bottom - top) - shared))


def parted(patch: Field, box: Box, keep: Any, remove: Any, about: Any) -> np.ndarray:
    small = patch.reduced(COARSE)
    labels = first_guess(small, box, keep, remove, about)
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)  # the same box gives the same answer
    if enough(labels):
        cv2.grabCut(small.pixels, labels, NO_BOX, background, foreground, ROUNDS, cv2.GC_INIT_WITH_MASK)
    if small is not patch:
        labels = finer(patch, labels, keep, remove)
        open_share = np.count_nonzero((labels == MAYBE) | (labels == MAYBE_NOT)) / labels.size
        if enough(labels) and open_share < BUSY:
            cv2.grabCut(patch.pixels, labels, NO_BOX, background, foreground, 1, cv2.GC_EVAL_FREEZE_MODEL)
    bits = ((labels == SURE) | (labels == MAYBE)).astype(np.uint8)
    return without_specks(bits, labels == SURE)


def first_guess(field: Field, box: Box, keep: Any, remove: Any, about: Any) -> np.ndarray:
    x, y, w, h = box
    inside = field.filled([[[x, y], [x + w, y], [x + w, y + h], [x, y + h]]])
    labels = np.where(inside, MAYBE, SURELY_NOT).astype(np.uint8)
    if about:
        labels[(inside > 0) & (bits_of(field, about["shape"], about["geometry"]) == 0)] = MAYBE_NOT
    if inside.all():  # the box is the whole image: its edge tells what the background looks like
        edge = max(min(field.shape) // EDGE, 1)
        for side in (np.s_[:edge], np.s_[-edge:], np.s_[:, :edge], np.s_[:, -edge:]):
            labels[side] = SURELY_NOT
    return stroked(field, labels, keep, remove)


def finer(field: Field, coarse: np.ndarray, keep: Any, remove: Any) -> np.ndarray:
    """On more pixels only those near the outline are in question."""
    rows, columns = field.shape
    bits = ((coarse == SURE) | (coarse == MAYBE)).astype(np.uint8)
    large = cv2.resize(bits, (columns, rows), interpolation=cv2.INTER_NEAREST)
    tip = np.ones((2 * BAND + 1, 2 * BAND + 1), np.uint8)
    near = cv2.dilate(large, tip) != cv2.erode(large, tip)
    labels = np.where(large, np.where(near, MAYBE, SURE), np.where(near, MAYBE_NOT, SURELY_NOT)).astype(np.uint8)
    return stroked(field, labels, keep, remove)


def stroked(field: Field, labels: np.ndarray, keep: Any, remove: Any) -> np.ndarray:
    for strokes, value in ((keep, SURE), (remove, SURELY_NOT)):
        for stroke in strokes:
            field.stroked(labels, stroke["points"], stroke["width"], value)
    return labels


def enough(labels: np.ndarray) -> bool:
    """Whether there is something of both; the colours of fewer pixels cannot be told apart."""
    ours = int(np.count_nonzero((labels == SURE) | (labels == MAYBE)))
    return min(ours, labels.size - ours) >= 10


def without_specks(bits: np.ndarray, sure: np.ndarray) -> np.ndarray:
    """The largest part, what is nearly as large, and what a person has said to belong to it."""
    count, parts, stats, _centres = cv2.connectedComponentsWithStats(bits, connectivity=4)
    if count < 2:
        return bits
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    kept = areas >= areas.max() * max(SPECK, 1e-9)
    kept[np.unique(parts[sure])] = True
    kept[0] = False
    return kept[parts].astype(np.uint8)


def reaching(box: Box, strokes: Any) -> Box:
    """The box, as large that the strokes lie in it too."""
    x, y, w, h = box
    points = [point for stroke in strokes for point in stroke["points"]]
    xs, ys = [x, x + w, *(each[0] for each in points)], [y, y + h, *(each[1] for each in points)]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def grown(box: Box, share: float) -> Box:
    x, y, w, h = box
    return x - w * share, y - h * share, w * (1 + 2 * share), h * (1 + 2 * share)
