"""The class of every pixel."""

import keras
from keras import layers

from training.engine.data.frame import Frame
from training.engine.tasks.task import Task
from training.engine.zoo.heads.pyramid import convolution, joined

LEVELS = (2, 4, 8, 16, 32)
FEATURES: str | None = None  # all of it learns, also behind a frozen backbone
_CHANNELS = (24, 48, 64, 64, 64)  # of the same strides


def answer(features: list[keras.KerasTensor], task: Task, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns probabilities of every pixel, shape (batch, height, width, classes + 1), float32; background comes last.

    Its layers: `logits` and `outputs`, both of that shape.
    """
    x = convolution(joined(features, _CHANNELS[: len(features)]), _CHANNELS[0], "last")
    x = layers.Dropout(dropout, name="dropout")(x)
    x = layers.Conv2D(len(task.classes) + 1, 1, dtype="float32", name="coarse_logits")(x)
    grow = layers.Resizing(frame.height, frame.width, interpolation="bilinear", dtype="float32", name="logits")
    x = grow(x, training=False)  # as in the pyramid
    return layers.Activation("softmax", dtype="float32", name="outputs")(x)
