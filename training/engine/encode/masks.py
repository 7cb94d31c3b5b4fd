"""What a detector with masks is to say of every cell."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.instances import Instances
from training.engine.encode.centres import draw_centres

LAYERS = 2  # things that lie on each other go into different ones


def masks(instances: Sequence[Instances], frame: Frame, classes: int, stride: int) -> np.ndarray:
    """Returns what `centres` says of every cell, whose thing that is, and the things on its four quarters.

    Things of an image are numbered from one; zero is none of them.

    Args:
        instances: of each image, on the frame.
        frame: the size of the images.
        classes: number of classes.
        stride: pixels a cell.

    Returns:
        Shape (images, height / stride, width / stride, classes + 5 + 1 + 4 * LAYERS), float32. Quarters are top left,
        top right, bottom left and bottom right; each has `LAYERS` numbers.
    """
    height, width = frame.height // stride, frame.width // stride
    made = np.zeros((len(instances), height, width, classes + 6 + 4 * LAYERS), np.float32)
    for cells, of_image in zip(made, instances, strict=True):
        boxes = of_image.boxes.cut(frame.height, frame.width)
        cells[..., classes + 5] = draw_centres(cells, boxes, classes, stride)
        fine = _numbered(of_image, Frame(2 * height, 2 * width), 2 / stride)
        quarters = fine.reshape(height, 2, width, 2, LAYERS).transpose(0, 2, 1, 3, 4)
        cells[..., classes + 6 :] = quarters.reshape(height, width, 4 * LAYERS)
    return made


def _numbered(instances: Instances, canvas: Frame, scale: float) -> np.ndarray:
    """Returns the numbers of the things on every pixel, shape (height, width, LAYERS), int32."""
    layers = np.zeros((*canvas, LAYERS), np.int32)
    shrink = np.diag([scale, scale, 1.0])
    for place in np.argsort(-instances.boxes.areas, kind="stable"):
        inside, left, top = instances.patches[place].mapped(shrink).drawn(canvas)
        part = layers[top : top + inside.shape[0], left : left + inside.shape[1]]
        taken = [(part[..., layer][inside] > 0).sum() for layer in range(LAYERS)]
        part[..., int(np.argmin(taken))][inside] = place + 1
    return layers
