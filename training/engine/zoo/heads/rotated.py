"""Turned boxes from the centres of things: the anchor-free detector with an angle.

Angles are told by cosine and sine of twice the angle, which are the same after half a turn, as the boxes are.
"""

import math
from typing import Any

import keras
from keras import layers, ops

from training.engine.data.frame import Frame
from training.engine.tasks.task import Task
from training.engine.zoo.heads.detector import LEVELS, STRIDE, around, centre_logits, middles

__all__ = ["FEATURES", "LEVELS", "STRIDE", "answer"]

FEATURES: str | None = None  # all of it learns, also behind a frozen backbone
_FIRST_SIZE = 8.0  # cells


def answer(features: list[keras.KerasTensor], task: Task, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns turned boxes and probabilities of all cells, row by row.

    Its layers: `logits`, shape (batch, height / 4, width / 4, classes + 6), and `outputs`, shape (batch, cells,
    6 + classes), float32: x and y of the centre, width and height in pixels of the frame, cosine and sine of twice the
    angle (clockwise on screen), then a probability for each class.
    """
    x = around(features, dropout)
    heat = centre_logits(x, task)
    shift = layers.Conv2D(2, 1, dtype="float32", name="shift_logits")(x)
    bias = keras.initializers.Constant(math.log(_FIRST_SIZE))
    size = layers.Conv2D(2, 1, bias_initializer=bias, dtype="float32", name="size_logits")(x)
    turn = layers.Conv2D(2, 1, dtype="float32", name="turn_logits")(x)
    logits = layers.Concatenate(dtype="float32", name="logits")([heat, shift, size, turn])
    classes = len(task.classes)
    heat, shift, size, turn = ops.split(logits, [classes, classes + 2, classes + 4], axis=-1)
    found = [(middles(shift) + shift) * STRIDE, sizes(size) * STRIDE, directions(turn), ops.sigmoid(heat)]
    cells = logits.shape[1] * logits.shape[2]
    return layers.Reshape((cells, 6 + classes), dtype="float32", name="outputs")(ops.concatenate(found, axis=-1))


def sizes(logits: Any) -> Any:
    """Returns widths and heights in cells from their logarithms, which are kept from running away."""
    return ops.exp(ops.clip(logits, -3.0, 7.0))


def directions(logits: Any) -> Any:
    """Returns cosines and sines: the same directions, one long."""
    return logits / ops.sqrt(ops.sum(ops.square(logits), axis=-1, keepdims=True) + 1e-6)
