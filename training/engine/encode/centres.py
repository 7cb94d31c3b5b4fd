"""What a detector of centres is to say of every cell."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame

_SPREAD = 0.54  # of a box that its centre's hill covers (TTFNet, arXiv:1909.00700)


def centres(boxes: Sequence[Boxes], frame: Frame, classes: int, stride: int) -> np.ndarray:
    """Returns heat, reach and weight of every cell.

    Where hills of several boxes meet, the smaller box says how far it reaches: it has fewer cells.

    Args:
        boxes: of each image, on the frame.
        frame: the size of the images.
        classes: number of classes.
        stride: pixels a cell.

    Returns:
        Shape (images, height / stride, width / stride, classes + 5), float32: for each class how near the centre of
        such a thing is (1 at the centre), four distances in cells, and how much the cell's box counts (a box has one
        in all, where others leave it).
    """
    height, width = frame.height // stride, frame.width // stride
    made = np.zeros((len(boxes), height, width, classes + 5), np.float32)
    for cells, of_image in zip(made, boxes, strict=True):
        for index in np.argsort(-of_image.areas, kind="stable"):
            _draw(cells, of_image.xyxy[index] / stride, int(of_image.classes[index]), classes)
    return made


def _draw(cells: np.ndarray, box: np.ndarray, label: int, classes: int) -> None:
    height, width = cells.shape[:2]
    left, top, right, bottom = map(float, box)
    column = min(int((left + right) / 2), width - 1)
    row = min(int((top + bottom) / 2), height - 1)
    half_wide, half_high = _SPREAD * (right - left) / 2, _SPREAD * (bottom - top) / 2
    first_x, last_x = max(0, column - int(half_wide)), min(width - 1, column + int(half_wide))
    first_y, last_y = max(0, row - int(half_high)), min(height - 1, row + int(half_high))
    across = np.arange(first_x, last_x + 1, dtype=np.float32)
    down = np.arange(first_y, last_y + 1, dtype=np.float32)
    hill = np.outer(_bell(down - row, half_high), _bell(across - column, half_wide))
    part = cells[first_y : last_y + 1, first_x : last_x + 1]
    np.maximum(part[..., label], hill, out=part[..., label])
    middle_x, middle_y = across + 0.5, down + 0.5
    part[..., classes] = middle_x[None] - left
    part[..., classes + 1] = middle_y[:, None] - top
    part[..., classes + 2] = right - middle_x[None]
    part[..., classes + 3] = bottom - middle_y[:, None]
    part[..., classes + 4] = hill / hill.sum()


def _bell(distance: np.ndarray, half: float) -> np.ndarray:
    """Returns a Gaussian with three standard deviations within `half`; 1 at distance 0."""
    deviation = max(half / 3, 1e-3)
    return np.exp(-np.square(distance) / (2 * deviation**2))
