"""What a detector of centres is to say of every cell."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame

SPREAD = 0.54  # of a box that its centre's hill covers (TTFNet, arXiv:1909.00700)


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
        draw_centres(cells, of_image, classes, stride)
    return made


def draw_centres(cells: np.ndarray, boxes: Boxes, classes: int, stride: int) -> np.ndarray:
    """Writes heat, reach and weight of one image's boxes into its cells.

    Args:
        cells: shape (height, width, classes + 5 or more), float32; changed.
        boxes: on the frame.
        classes: number of classes.
        stride: pixels a cell.

    Returns:
        Which box each cell is about, counted from one; zero: none. Shape (height, width), int32.
    """
    owners = np.zeros(cells.shape[:2], np.int32)
    for index in np.argsort(-boxes.areas, kind="stable"):
        owners[_draw(cells, boxes.xyxy[index] / stride, int(boxes.classes[index]), classes)] = index + 1
    return owners


def _draw(cells: np.ndarray, box: np.ndarray, label: int, classes: int) -> tuple[slice, slice]:
    """Returns the cells that are about the box."""
    height, width = cells.shape[:2]
    left, top, right, bottom = map(float, box)
    column = min(int((left + right) / 2), width - 1)
    row = min(int((top + bottom) / 2), height - 1)
    half_wide, half_high = SPREAD * (right - left) / 2, SPREAD * (bottom - top) / 2
    first_x, last_x = max(0, column - int(half_wide)), min(width - 1, column + int(half_wide))
    first_y, last_y = max(0, row - int(half_high)), min(height - 1, row + int(half_high))
    across = np.arange(first_x, last_x + 1, dtype=np.float32)
    down = np.arange(first_y, last_y + 1, dtype=np.float32)
    hill = np.outer(bell(down - row, half_high), bell(across - column, half_wide))
    place = slice(first_y, last_y + 1), slice(first_x, last_x + 1)
    part = cells[place]
    np.maximum(part[..., label], hill, out=part[..., label])
    middle_x, middle_y = across + 0.5, down + 0.5
    part[..., classes] = middle_x[None] - left
    part[..., classes + 1] = middle_y[:, None] - top
    part[..., classes + 2] = right - middle_x[None]
    part[..., classes + 3] = bottom - middle_y[:, None]
    part[..., classes + 4] = hill / hill.sum()
    return place


def bell(distance: np.ndarray, half: float) -> np.ndarray:
    """Returns a Gaussian with three standard deviations within `half`; 1 at distance 0."""
    deviation = max(half / 3, 1e-3)
    return np.exp(-np.square(distance) / (2 * deviation**2))
