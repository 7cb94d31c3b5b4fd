"""Probabilities of classes for an image as a whole."""

import keras
from keras import layers

from training.engine.data.frame import Frame
from training.engine.tasks.whole_image import WholeImage

LEVELS: tuple[int, ...] = ()  # the last features are all it needs
FEATURES: str | None = "pool"  # the layer behind a frozen backbone whose output is computed once


def answer(features: keras.KerasTensor, task: WholeImage, frame: Frame, dropout: float) -> keras.KerasTensor:
    """Returns probabilities, shape (batch, classes), float32.

    Its layers: `pool`, `dropout`, `logits`, `outputs`.
    """
    x = layers.GlobalAveragePooling2D(name="pool")(features)
    x = layers.Dropout(dropout, name="dropout")(x)
    # In float32 also under mixed precision: half precision is too coarse for probabilities.
    x = layers.Dense(len(task.classes), dtype="float32", name="logits")(x)
    return layers.Activation(task.activation, dtype="float32", name="outputs")(x)
