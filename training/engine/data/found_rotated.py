"""From what a detector of turned boxes says of all places to the few boxes that it means."""

import cv2
import numpy as np

from training.engine.data.found import MOST, SAME, peaks
from training.engine.data.rotated_boxes import RotatedBoxes


def found_rotated(outputs: np.ndarray, rows: int) -> RotatedBoxes:
    """Returns the turned boxes on one image, the surest first.

    Args:
        outputs: shape (cells, 6 + classes), row of cells after row: centre, width and height in pixels, cosine and sine
            of twice the angle, then probabilities.
        rows: of cells.
    """
    cells, classes, scores = peaks(outputs[:, 6:], rows)
    angles = (np.arctan2(outputs[cells, 5], outputs[cells, 4]) / 2) % np.pi
    boxes = RotatedBoxes(outputs[cells, :2], outputs[cells, 2:4], angles, classes, scores)
    return boxes.only(_apart(boxes)[:MOST])


def _apart(boxes: RotatedBoxes) -> np.ndarray:
    """Returns the positions of boxes that lie on no surer one of their class."""
    kept = [np.zeros(0, np.int64)]
    for label in np.unique(boxes.classes):
        places = np.flatnonzero(boxes.classes == label)
        own = boxes.only(places)
        told = zip(own.centres.tolist(), own.sizes.tolist(), np.rad2deg(own.angles).tolist(), strict=True)
        apart = cv2.dnn.NMSBoxesRotated([(*each,) for each in told], own.scores.tolist(), 0.0, SAME)
        kept.append(places[np.asarray(apart, np.int64).reshape(-1)])
    return np.sort(np.concatenate(kept))
