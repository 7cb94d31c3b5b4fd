"""What a detector of turned boxes is to say of every cell."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.rotated_boxes import RotatedBoxes
from training.engine.encode.centres import SPREAD, bell


def rotated_centres(boxes: Sequence[RotatedBoxes], frame: Frame, classes: int, stride: int) -> np.ndarray:
    """Returns heat, box and weight of every cell; hills are turned as their boxes are.

    Args:
        boxes: of each image, on the frame.
        frame: the size of the images.
        classes: number of classes.
        stride: pixels a cell.

    Returns:
        Shape (images, height / stride, width / stride, classes + 7), float32: heat of each class; from the middle of
        the cell to the centre (x, y), width and height, all in cells; cosine and sine of twice the angle; and how much
        the cell's box counts (a box has one in all, where others leave it).
    """
    height, width = frame.height // stride, frame.width // stride
    made = np.zeros((len(boxes), height, width, classes + 7), np.float32)
    for cells, of_image in zip(made, boxes, strict=True):
        for place in np.argsort(-of_image.areas, kind="stable"):
            label, angle = int(of_image.classes[place]), float(of_image.angles[place])
            _draw(cells, of_image.centres[place] / stride, of_image.sizes[place] / stride, angle, label, classes)
    return made


def _draw(cells: np.ndarray, centre: np.ndarray, size: np.ndarray, angle: float, label: int, classes: int) -> None:
    height, width = cells.shape[:2]
    column, row = (int(np.clip(at, 0, end - 1)) for at, end in zip(centre, (width, height), strict=True))
    half = SPREAD * size / 2
    reach = int(np.ceil(np.hypot(*half)))
    first_x, last_x = max(0, column - reach), min(width - 1, column + reach)
    first_y, last_y = max(0, row - reach), min(height - 1, row + reach)
    across, down = np.arange(first_x, last_x + 1) - column, np.arange(first_y, last_y + 1)[:, None] - row
    along = np.cos(angle) * across + np.sin(angle) * down
    beside = np.cos(angle) * down - np.sin(angle) * across
    hill = bell(along, half[0]) * bell(beside, half[1])
    near = ((np.abs(along) <= half[0]) & (np.abs(beside) <= half[1])) | ((across == 0) & (down == 0))
    part = cells[first_y : last_y + 1, first_x : last_x + 1]
    part[..., label] = np.maximum(part[..., label], np.where(near, hill, 0))
    x = centre[0] - (np.arange(first_x, last_x + 1) + 0.5)
    y = centre[1] - (np.arange(first_y, last_y + 1)[:, None] + 0.5)
    told = np.broadcast_arrays(x, y, *size, np.cos(2 * angle), np.sin(2 * angle), hill / hill[near].sum())
    part[near, classes:] = np.stack(told, axis=-1)[near]
