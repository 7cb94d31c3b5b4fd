"""From what a detector with masks says of all places to the few things that it means."""

import numpy as np

from training.engine.data.found import found
from training.engine.data.frame import Frame
from training.engine.data.instances import Instances
from training.engine.data.patch import Patch

PROTOTYPES = 8
QUARTERS = 4  # of a cell: masks are twice as fine as cells
PLACES = 6  # 1, u, v, u * u, v * v, u * v of a place in the box, whose sides are at -1 and 1
COEFFICIENTS = PROTOTYPES + PLACES
ELLIPSE = 2.0  # a mask without any coefficients: so much in the middle of its box, 0 on the ellipse in it
_BEYOND = 1.1  # of a box, in which its mask may lie: boxes are not exact


def found_masks(outputs: np.ndarray, frame: Frame, classes: int, stride: int, coefficients: int) -> Instances:
    """Returns the things on one image, the surest first; those without any pixel are left out.

    Args:
        outputs: shape (cells, 4 + classes + coefficients + 4 * prototypes), as `heads.masks` gives them.
        frame: the size of the image.
        classes: number of classes.
        stride: pixels a cell.
        coefficients: numbers that a thing's mask is mixed of: prototypes first, then places in its box.
    """
    rows, columns = frame.height // stride, frame.width // stride
    boxes, cells = found(outputs[:, : 4 + classes], rows)
    own = outputs[cells, 4 + classes : 4 + classes + coefficients]
    quarters = outputs[:, 4 + classes + coefficients :]
    count = quarters.shape[1] // 4
    fine = quarters.reshape(rows, columns, 2, 2, count).transpose(0, 2, 1, 3, 4).reshape(2 * rows, 2 * columns, count)
    patches = [_patch(box, mixed, fine, stride / 2) for box, mixed in zip(boxes.xyxy, own, strict=True)]
    there = np.array([each is not None for each in patches], bool)
    kept = tuple(each for each in patches if each is not None)
    return Instances(kept, boxes.classes[there], boxes.scores[there], frame)


def _patch(box: np.ndarray, own: np.ndarray, fine: np.ndarray, pixels: float) -> Patch | None:
    """Returns the mask in one box; `pixels` are the edge of what `fine` tells of."""
    (left, top, right, bottom), (rows, columns, count) = box / pixels, fine.shape
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    half_x, half_y = max(right - left, 0.1) / 2, max(bottom - top, 0.1) / 2
    x = np.arange(*_window(middle_x, half_x, columns))
    y = np.arange(*_window(middle_y, half_y, rows))
    if not len(x) or not len(y):
        return None
    u, v = (x + 0.5 - middle_x) / half_x, (y[:, None] + 0.5 - middle_y) / half_y
    one, across, down, across_twice, down_twice, both = own[count:]
    logits = fine[y[0] : y[-1] + 1, x[0] : x[-1] + 1] @ own[:count]
    logits = logits + one + across * u + down * v + across_twice * u * u + down_twice * v * v + both * u * v
    logits = logits + ELLIPSE * (1 - u * u - v * v)
    values = np.round(255 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.uint8)
    return Patch.of(values, np.array([[pixels, 0, x[0] * pixels], [0, pixels, y[0] * pixels], [0, 0, 1]]))


def _window(middle: float, half: float, end: int) -> tuple[int, int]:
    """Returns the first place along one axis and the one after the last."""
    return max(0, int(np.floor(middle - _BEYOND * half))), min(end, int(np.ceil(middle + _BEYOND * half)))
