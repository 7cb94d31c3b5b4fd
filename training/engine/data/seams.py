"""What several windows have found of the same things, as one."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.windows import Window

_SAME = 0.5  # IoU from which on two boxes are one thing, as far as both windows see it
_AT_THE_EDGE = 0.03  # of a window's edge: a box that comes as near to it is cut off there
_MOST = 500  # boxes of an image


def without_seams(parts: Sequence[Boxes], windows: Sequence[Window]) -> Boxes:
    """Returns the boxes on a whole image, the surest first.

    Two boxes of a class from different windows are the same thing if they agree where both windows look: so it is with
    two boxes around one thing that both see whole, with a piece and the whole, and with two pieces of one thing. The
    surest of them stays; where a window's edge cuts it off, it reaches as far as the others do.

    Args:
        parts: what each window has found, in pixels of the image.
        windows: one for each of them.
    """
    every = Boxes.of_all(parts)
    sights = np.repeat(np.array([each.xyxy for each in windows], np.float32), [len(each) for each in parts], axis=0)
    best = np.argsort(-every.scores, kind="stable")[:_MOST]
    boxes, sights = every.only(best), sights[best]
    xyxy, left, kept = boxes.xyxy.copy(), np.ones(len(boxes), bool), []
    for place in range(len(boxes)):
        if not left[place]:
            continue
        members = _same_thing(place, boxes, sights, left)
        kept.append(place)
        reach = boxes.xyxy[members]
        furthest = np.concatenate([reach[:, :2].min(axis=0), reach[:, 2:].max(axis=0)])
        edges = np.tile(sights[place, 2:] - sights[place, :2], 2)
        cut = np.abs(boxes.xyxy[place] - sights[place]) <= _AT_THE_EDGE * edges
        xyxy[place] = np.where(cut, furthest, boxes.xyxy[place])
    return Boxes(xyxy, boxes.classes, boxes.scores).only(np.array(kept, np.int64))


def _same_thing(place: int, boxes: Boxes, sights: np.ndarray, left: np.ndarray) -> list[int]:
    """Returns the positions of a box and of all that are left of the same thing, which are no longer left."""
    left[place] = False
    members, waiting = [], [place]
    while waiting:
        one = waiting.pop()
        members.append(one)
        others = np.flatnonzero(left & (boxes.classes == boxes.classes[one]) & (sights != sights[one]).any(axis=1))
        both = _shared(sights[others], sights[one])
        first, second = _shared(both, boxes.xyxy[one]), _shared(both, boxes.xyxy[others])
        together = _areas(_shared(first, second))
        union = _areas(first) + _areas(second) - together
        found = others[together >= _SAME * np.maximum(union, 1e-6)]
        left[found] = False
        waiting += found.tolist()
    return members


def _shared(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Returns where rectangles lie over each other, xyxy; turned inside out where they do not."""
    low = np.maximum(first[..., :2], second[..., :2])
    return np.concatenate([low, np.minimum(first[..., 2:], second[..., 2:])], axis=-1)


def _areas(xyxy: np.ndarray) -> np.ndarray:
    return np.prod(np.maximum(xyxy[..., 2:] - xyxy[..., :2], 0), axis=-1)
