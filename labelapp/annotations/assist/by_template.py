"""Find all like this by how it looks: the picture of the shape is laid over every place, in some sizes."""

from typing import Any, NamedTuple

import cv2
import numpy as np

from .field import Field
from .geometry import bits_of, geometry_of

MOST_PIXELS = 350_000
SIZES = (0.8, 0.9, 1.0, 1.12, 1.25)
LEAST_SCORE = 0.5  # correlation, 1 is the same picture
OVERLAP = 0.3  # IoU from which two are the same thing
MOST = 300
LEAST_SIDE = 5


def answer(field: Field, given: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Args:
        given: as for ``by_colour``.
    """
    whole = field.reduced(MOST_PIXELS)
    shape, bits = given["shape"], bits_of(whole, given["shape"], given["geometry"])
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    if len(rows) < LEAST_SIDE or len(columns) < LEAST_SIDE:
        return []
    itself = Place(1.0, int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1, 1.0)
    part = np.s_[itself.top : itself.bottom, itself.left : itself.right]
    grey = cv2.cvtColor(whole.pixels, cv2.COLOR_RGB2GRAY)
    found = suppressed([each for size in SIZES for each in places(grey, grey[part], size)], itself)
    origin, answers = whole.there([itself.corner])[0], []
    for each in found:
        if shape == "mask":
            geometry = geometry_of(whole, laid(bits[part], whole.shape, each), shape)
        else:
            geometry = moved(shape, given["geometry"], origin, whole.there([each.corner])[0], each.size)
        if geometry:
            answers.append({"shape": shape, "geometry": geometry, "score": round(min(each.score, 1.0), 4)})
    return answers


class Place(NamedTuple):
    score: float
    left: int
    top: int
    right: int
    bottom: int
    size: float  # as large as the shape itself is 1

    @property
    def corner(self) -> tuple[int, int]:
        return self.left, self.top


def places(grey: np.ndarray, template: np.ndarray, size: float) -> list[Place]:
    """Where it fits better than around there."""
    h, w = (max(round(each * size), 3) for each in template.shape)
    if h >= grey.shape[0] or w >= grey.shape[1] or template.std() < 2:
        return []
    wanted = cv2.resize(template, (w, h), interpolation=cv2.INTER_AREA if size < 1 else cv2.INTER_LINEAR)
    fit = np.nan_to_num(cv2.matchTemplate(grey, wanted, cv2.TM_CCOEFF_NORMED), posinf=0.0, neginf=0.0)
    tip = np.ones((max(h // 2, 1) | 1, max(w // 2, 1) | 1), np.uint8)
    best = (fit >= LEAST_SCORE) & (fit >= cv2.dilate(fit, tip))
    return [Place(float(fit[y, x]), int(x), int(y), int(x) + w, int(y) + h, size) for y, x in np.argwhere(best)]


def suppressed(found: list[Place], itself: Place) -> list[Place]:
    """Of those that overlap the best alone, and none that is the shape itself."""
    kept = [itself]
    for each in sorted(found, reverse=True):
        if all(iou(each, other) < OVERLAP for other in kept):
            kept.append(each)
        if len(kept) > MOST:
            break
    return kept[1:]


def iou(a: Place, b: Place) -> float:
    width, height = min(a.right, b.right) - max(a.left, b.left), min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / ((a.right - a.left) * (a.bottom - a.top) + (b.right - b.left) * (b.bottom - b.top) - common)


def laid(bits: np.ndarray, shape: tuple[int, int], place: Place) -> np.ndarray:
    """A mask at another place, as large as what was found there."""
    whole = np.zeros(shape, np.uint8)
    size = (place.right - place.left, place.bottom - place.top)
    whole[place.top : place.bottom, place.left : place.right] = cv2.resize(bits, size, interpolation=cv2.INTER_NEAREST)
    return whole


def moved(shape: str, geometry: dict[str, Any], origin: np.ndarray, target: np.ndarray, size: float) -> dict[str, Any]:
    """A shape with a corner at another place, and so many times as large."""

    def points(some: Any) -> list[Any]:
        return np.round((np.asarray(some, np.float64) - origin) * size + target, 2).tolist()

    if shape == "polygon":
        return {"rings": [points(ring) for ring in geometry["rings"]]}
    if shape == "ellipse":
        radii = [each * size for each in geometry["radii"]]
        return geometry | {"center": points([geometry["center"]])[0], "radii": radii}
    x, y, w, h = geometry["box"]
    return geometry | {"box": [*points([[x, y]])[0], w * size, h * size]}
