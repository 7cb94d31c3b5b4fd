"""A detector whose boxes have masks: a few prototypes for the whole image, and how each thing mixes them.

Prototypes and coefficients are those of YOLACT (arXiv:1904.02689). As in CondInst (arXiv:2003.05664), things know
places relative to themselves: a mask begins as the ellipse in its box, and prototypes make of it what it is.
"""

import keras
from keras import layers, ops

from training.engine.data.found_masks import COEFFICIENTS, PROTOTYPES, QUARTERS
from training.engine.data.frame import Frame
from training.engine.tasks.task import Task
from training.engine.zoo.heads.detector import CHANNELS, LEVELS, STRIDE, around, boxes_of, centre_logits, reach_logits
from training.engine.zoo.heads.pyramid import convolution

__all__ = ["COEFFICIENTS", "FEATURES", "LEVELS", "PROTOTYPES", "QUARTERS", "STRIDE", "answer"]

FEATURES: str | None = None  # all of it learns, also behind a frozen backbone


def answer(features: list[keras.KerasTensor], task: Task, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns boxes, probabilities, coefficients and prototypes of all cells, row by row.

    Its layers: `logits`, shape (batch, height / 4, width / 4, classes + 4 + COEFFICIENTS + 4 * PROTOTYPES), and
    `outputs`, shape (batch, cells, 4 + classes + COEFFICIENTS + 4 * PROTOTYPES), float32: left, top, right and bottom
    in pixels of the frame, a probability for each class, what the cell's thing mixes its mask of, and the prototypes on
    the cell's quarters (top left, top right, bottom left, bottom right).
    """
    x = around(features, dropout)
    heat, reach = centre_logits(x, task), reach_logits(x)
    mixed = layers.Conv2D(COEFFICIENTS, 1, dtype="float32", name="coefficients")(x)
    finer = convolution(x, CHANNELS, "finer")
    finer = layers.Conv2D(QUARTERS * PROTOTYPES, 1, dtype="float32", name="prototypes")(finer)
    logits = layers.Concatenate(dtype="float32", name="logits")([heat, reach, mixed, finer])
    classes = len(task.classes)
    heat, reach, rest = ops.split(logits, [classes, classes + 4], axis=-1)
    found = ops.concatenate([boxes_of(reach), ops.sigmoid(heat), rest], axis=-1)
    return layers.Reshape((logits.shape[1] * logits.shape[2], logits.shape[3]), dtype="float32", name="outputs")(found)
