"""What a detector of points is to say of every cell."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.poses import Poses
from training.engine.encode.centres import draw_centres


def points(poses: Sequence[Poses], frame: Frame, classes: int, stride: int) -> np.ndarray:
    """Returns heat, reach, points and weight of every cell.

    Args:
        poses: of each image, on the frame.
        frame: the size of the images.
        classes: number of classes.
        stride: pixels a cell.

    Returns:
        Shape (images, height / stride, width / stride, classes + 4 + 3 * points + 1), float32: heat of each class and
        four distances as `centres` has them; x of every point from the middle of the cell, in cells, y of every point,
        and whether every point is there; and how much the cell's box counts.
    """
    height, width = frame.height // stride, frame.width // stride
    most = poses[0].skeletons.most
    made = np.zeros((len(poses), height, width, classes + 5 + 3 * most), np.float32)
    middles = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1)
    for cells, of_image in zip(made, poses, strict=True):
        upright = np.zeros((height, width, classes + 5), np.float32)
        owners = draw_centres(upright, of_image.boxes, classes, stride)
        cells[..., : classes + 4], cells[..., -1] = upright[..., :-1], upright[..., -1]
        about = owners > 0
        own = of_image.points[owners[about] - 1].copy()
        own[..., :2] = own[..., :2] / stride - middles[about][:, None]
        own[..., 2] = own[..., 2] > 0
        cells[about, classes + 4 : -1] = own.transpose(0, 2, 1).reshape(len(own), 3 * most)
    return made
