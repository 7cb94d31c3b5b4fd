"""A detector whose boxes have points: every cell says where the points of its thing lie in the box it says."""

import keras
from keras import layers, ops

from training.engine.data.frame import Frame
from training.engine.tasks.keypoints import Keypoints
from training.engine.zoo.heads.detector import CHANNELS, LEVELS, STRIDE, around, boxes_of, centre_logits, reach_logits
from training.engine.zoo.heads.pyramid import convolution

__all__ = ["FEATURES", "LEVELS", "STRIDE", "answer"]

FEATURES: str | None = None  # all of it learns, also behind a frozen backbone


def answer(features: list[keras.KerasTensor], task: Keypoints, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns boxes, probabilities and points of all cells, row by row.

    Its layers: `logits`, shape (batch, height / 4, width / 4, classes + 4 + 3 * points), and `outputs`, shape (batch,
    cells, 4 + classes + 3 * points), float32: left, top, right and bottom in pixels of the frame, a probability for
    each class, then x of every point in pixels, y of every point, and the probability of every point that it is there.
    """
    x = around(features, dropout)
    heat, reach = centre_logits(x, task), reach_logits(x)
    count, classes = task.skeletons.most, len(task.classes)
    points = layers.Conv2D(3 * count, 1, dtype="float32", name="point_logits")(convolution(x, CHANNELS, "points"))
    logits = layers.Concatenate(dtype="float32", name="logits")([heat, reach, points])
    heat, reach, across, down, there = ops.split(
        logits, [classes, classes + 4, classes + 4 + count, classes + 4 + 2 * count], axis=-1
    )
    boxes = boxes_of(reach)
    # Shares of the box's size from its middle, so that small and large things say the same.
    left, top, right, bottom = ops.split(boxes, 4, axis=-1)
    x, y = (left + right) / 2 + across * (right - left), (top + bottom) / 2 + down * (bottom - top)
    found = ops.concatenate([boxes, ops.sigmoid(heat), x, y, ops.sigmoid(there)], axis=-1)
    return layers.Reshape((logits.shape[1] * logits.shape[2], found.shape[-1]), dtype="float32", name="outputs")(found)
