"""Boxes from the centres of things: an anchor-free, one-stage detector.

Every cell of a fine grid says for each class whether the centre of such a thing lies there, and how far it reaches to
the left, top, right and bottom (Objects as Points, arXiv:1904.07850; the distances as in FCOS, arXiv:1904.01355).
"""

import math
from typing import Any

import keras
from keras import layers, ops

from training.engine.data.frame import Frame
from training.engine.tasks.task import Task
from training.engine.zoo.heads.pyramid import convolution, joined

STRIDE = 4
LEVELS = (4, 8, 16, 32)
FEATURES: str | None = None  # all of it learns, also behind a frozen backbone
_CHANNELS = 48
_FIRST_PROBABILITY = 0.02  # of a centre in any cell: most cells have none (arXiv:1708.02002)
_FIRST_REACH = 4.0  # cells


def answer(features: list[keras.KerasTensor], task: Task, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns boxes and probabilities of all cells, row by row.

    Its layers: `logits`, shape (batch, height / 4, width / 4, classes + 4), and `outputs`, shape (batch, cells,
    4 + classes), float32: left, top, right and bottom in pixels of the frame, then a probability for each class.
    """
    # One look around for both questions: at this resolution a second one would take a sixth of a step's time.
    x = convolution(joined(features, [_CHANNELS] * len(features)), _CHANNELS, "around")
    x = layers.Dropout(dropout, name="dropout")(x)
    bias = keras.initializers.Constant(math.log(_FIRST_PROBABILITY / (1 - _FIRST_PROBABILITY)))
    heat = layers.Conv2D(len(task.classes), 1, bias_initializer=bias, dtype="float32", name="heat_logits")(x)
    bias = keras.initializers.Constant(math.log(_FIRST_REACH))
    reach = layers.Conv2D(4, 1, bias_initializer=bias, dtype="float32", name="reach_logits")(x)
    logits = layers.Concatenate(dtype="float32", name="logits")([heat, reach])
    heat, reach = ops.split(logits, [len(task.classes)], axis=-1)
    found = ops.concatenate([_boxes(reach), ops.sigmoid(heat)], axis=-1)
    cells = logits.shape[1] * logits.shape[2]
    return layers.Reshape((cells, 4 + len(task.classes)), dtype="float32", name="outputs")(found)


def reaches(logits: Any) -> Any:
    """Returns distances in cells from their logarithms, which are kept from running away."""
    return ops.exp(ops.clip(logits, -4.0, 6.0))


def _boxes(logits: keras.KerasTensor) -> keras.KerasTensor:
    """Returns left, top, right and bottom in pixels, out of operations that every runtime knows."""
    near, far = ops.split(reaches(logits), 2, axis=-1)
    one = ops.ones_like(logits[..., :1])
    middles = ops.concatenate([ops.cumsum(one, axis=2), ops.cumsum(one, axis=1)], axis=-1) - 0.5
    return ops.concatenate([middles - near, middles + far], axis=-1) * STRIDE
