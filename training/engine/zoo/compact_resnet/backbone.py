"""A small residual network with pre-activation blocks."""

from collections.abc import Sequence

import keras
from keras import layers

from training.engine.data.frame import Frame
from training.engine.zoo.levels import levels
from training.engine.zoo.preset import Preset

_STAGES = (24, 48, 96, 160)
_BLOCKS = 2


def build_backbone(
    preset: Preset, frame: Frame, strides: Sequence[int] = (), weights: str | None = None
) -> keras.Model:
    """Returns the convolutional part.

    Args:
        preset: the entry of the shelf; there is one size only.
        frame: the size of the input.
        strides: of the features wanted, in pixels; none: the last features alone.
        weights: none are published.

    Returns:
        From images of shape (batch, frame.height, frame.width, 3), RGB, 0..255, to features of
        stride 16 with 160 channels, or a list of features.
    """
    inputs = keras.Input((frame.height, frame.width, 3), name="pixels")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(inputs)
    x = _convolution(x, _STAGES[0], "stem", strides=2)
    for stage, filters in enumerate(_STAGES):
        for block in range(_BLOCKS):
            x = _block(x, filters, f"stage{stage}_block{block}", strides=2 if stage and not block else 1)
    x = _activated(x, "last")
    network = keras.Model(inputs, x, name="backbone")
    return levels(network, strides) if strides else network


def _block(x: keras.KerasTensor, filters: int, name: str, strides: int) -> keras.KerasTensor:
    activated = _activated(x, f"{name}_a")
    changes = strides > 1 or x.shape[-1] != filters
    shortcut = _convolution(activated, filters, f"{name}_shortcut", strides, size=1) if changes else x
    x = _convolution(activated, filters, f"{name}_a", strides)
    x = _convolution(_activated(x, f"{name}_b"), filters, f"{name}_b")
    return layers.Add(name=f"{name}_add")([shortcut, x])


def _activated(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    # A short memory: small sets have few steps an epoch, and statistics must keep up with the weights.
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return layers.Activation("silu", name=f"{name}_silu")(x)


def _convolution(x: keras.KerasTensor, filters: int, name: str, strides: int = 1, size: int = 3) -> keras.KerasTensor:
    return layers.Conv2D(
        filters, size, strides, padding="same", use_bias=False, kernel_initializer="he_normal", name=name
    )(x)
