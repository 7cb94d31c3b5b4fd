"""From what a detector says of all places to the few boxes that it means."""

import cv2
import numpy as np

from training.engine.data.boxes import Boxes

STRIDE = 4  # of a detector's cells, in pixels of the frame
LEAST_SCORE = 0.01
MOST = 100
_LOOKED_AT = 1000  # of an image, before those that mean the same are joined
SAME = 0.6  # IoU from which on two boxes of a class are one


def found(outputs: np.ndarray, rows: int) -> tuple[Boxes, np.ndarray]:
    """Returns the boxes on one image, the surest first, and the cell that says each.

    Of boxes that lie on each other the surest stays.

    Args:
        outputs: shape (cells, 4 + classes): xyxy in pixels and probabilities, row of cells after row.
        rows: of cells.
    """
    cells, classes, scores = peaks(outputs[:, 4:], rows)
    boxes = Boxes(outputs[cells, :4], classes, scores)
    kept = _apart(boxes)[:MOST]
    return boxes.only(kept), cells[kept]


def peaks(probabilities: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns cells, classes and scores where a class is as probable as anywhere around, the surest first.

    Args:
        probabilities: shape (cells, classes), row of cells after row.
        rows: of cells.
    """
    grid = probabilities.reshape(rows, -1, probabilities.shape[1])
    # OpenCV takes no more than four channels at once, and an own axis for each class is as fast.
    around = np.stack(
        [cv2.dilate(np.ascontiguousarray(grid[..., each]), np.ones((3, 3))) for each in range(grid.shape[2])], axis=2
    )
    cells, classes = np.nonzero((grid == around).reshape(probabilities.shape) & (probabilities >= LEAST_SCORE))
    scores = probabilities[cells, classes]
    best = np.argsort(-scores, kind="stable")[:_LOOKED_AT]
    return cells[best], classes[best].astype(np.int32), scores[best]


def _apart(boxes: Boxes) -> np.ndarray:
    """Returns the positions of boxes that lie on no surer one of their class."""
    if not len(boxes):
        return np.zeros(0, np.int64)
    left, top, right, bottom = boxes.xyxy.T
    rectangles = np.stack([left, top, right - left, bottom - top], axis=1)
    kept = cv2.dnn.NMSBoxesBatched(rectangles.tolist(), boxes.scores.tolist(), boxes.classes.tolist(), 0.0, SAME)
    return np.sort(np.asarray(kept, np.int64).reshape(-1))
