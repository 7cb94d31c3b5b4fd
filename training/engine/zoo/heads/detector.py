"""Boxes from the centres of things: an anchor-free, one-stage detector.

Every cell of a fine grid says for each class whether the centre of such a thing lies there, and how far it reaches to
the left, top, right and bottom (Objects as Points, arXiv:1904.07850; the distances as in FCOS, arXiv:1904.01355).
"""

import math
from typing import Any

import keras
from keras import layers, ops

from training.engine.data.found import STRIDE
from training.engine.data.frame import Frame
from training.engine.tasks.task import Task
from training.engine.zoo.heads.pyramid import convolution, joined

LEVELS = (4, 8, 16, 32)
FEATURES: str | None = None  # all of it learns, also behind a frozen backbone
CHANNELS = 48
_FIRST_PROBABILITY = 0.02  # of a centre in any cell: most cells have none (arXiv:1708.02002)
_FIRST_REACH = 4.0  # cells


def answer(features: list[keras.KerasTensor], task: Task, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns boxes and probabilities of all cells, row by row.

    Its layers: `logits`, shape (batch, height / 4, width / 4, classes + 4), and `outputs`, shape (batch, cells,
    4 + classes), float32: left, top, right and bottom in pixels of the frame, then a probability for each class.
    """
    x = around(features, dropout)
    heat, reach = centre_logits(x, task), reach_logits(x)
    logits = layers.Concatenate(dtype="float32", name="logits")([heat, reach])
    heat, reach = ops.split(logits, [len(task.classes)], axis=-1)
    found = ops.concatenate([boxes_of(reach), ops.sigmoid(heat)], axis=-1)
    cells = logits.shape[1] * logits.shape[2]
    return layers.Reshape((cells, 4 + len(task.classes)), dtype="float32", name="outputs")(found)


def around(features: list[keras.KerasTensor], dropout: float) -> keras.KerasTensor:
    """Returns what every cell knows.

    One look around for all questions: at this resolution a second one would take a sixth of a step's time.
    """
    x = convolution(joined(features, [CHANNELS] * len(features)), CHANNELS, "around")
    return layers.Dropout(dropout, name="dropout")(x)


def centre_logits(x: keras.KerasTensor, task: Task) -> keras.KerasTensor:
    """Returns logits of the centres of each class in every cell."""
    bias = keras.initializers.Constant(math.log(_FIRST_PROBABILITY / (1 - _FIRST_PROBABILITY)))
    return layers.Conv2D(len(task.classes), 1, bias_initializer=bias, dtype="float32", name="heat_logits")(x)


def reach_logits(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns logarithms of the distances from every cell to the four sides."""
    bias = keras.initializers.Constant(math.log(_FIRST_REACH))
    return layers.Conv2D(4, 1, bias_initializer=bias, dtype="float32", name="reach_logits")(x)


def reaches(logits: Any) -> Any:
    """Returns distances in cells from their logarithms, which are kept from running away."""
    return ops.exp(ops.clip(logits, -4.0, 6.0))


def boxes_of(logits: keras.KerasTensor) -> keras.KerasTensor:
    """Returns left, top, right and bottom in pixels, out of operations that every runtime knows."""
    near, far = ops.split(reaches(logits), 2, axis=-1)
    middle = middles(logits)
    return ops.concatenate([middle - near, middle + far], axis=-1) * STRIDE


def middles(values: keras.KerasTensor) -> keras.KerasTensor:
    """Returns x and y of the middle of every cell, in cells, for values of shape (batch, height, width, any)."""
    one = ops.ones_like(values[..., :1])
    return ops.concatenate([ops.cumsum(one, axis=2), ops.cumsum(one, axis=1)], axis=-1) - 0.5
