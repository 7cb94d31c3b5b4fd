"""A small residual network for finding things of any size: little work where there are many pixels."""

from collections.abc import Sequence

import keras
from keras import layers

from training.engine.data.frame import Frame
from training.engine.zoo.levels import levels
from training.engine.zoo.preset import Preset

_STEM = 16
_STAGES = (32, 64, 96, 128)  # of strides 4, 8, 16, 32
_BLOCKS = (1, 1, 2, 1)


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
        From images of shape (batch, frame.height, frame.width, 3), RGB, 0..255, to features of stride 32 with 128
        channels, or a list of features.
    """
    inputs = keras.Input((frame.height, frame.width, 3), name="pixels")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(inputs)
    x = _convolution(x, _STEM, "stem", strides=2)
    for stage, (filters, blocks) in enumerate(zip(_STAGES, _BLOCKS, strict=True)):
        x = _convolution(x, filters, f"stage{stage}_down", strides=2)
        for block in range(blocks):
            x = _block(x, filters, f"stage{stage}_block{block}")
    network = keras.Model(inputs, x, name="backbone")
    return levels(network, strides) if strides else network


def _block(x: keras.KerasTensor, filters: int, name: str) -> keras.KerasTensor:
    y = _convolution(x, filters, f"{name}_a")
    y = _convolution(y, filters, f"{name}_b")
    return layers.Add(name=f"{name}_add")([x, y])


def _convolution(x: keras.KerasTensor, filters: int, name: str, strides: int = 1) -> keras.KerasTensor:
    x = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, kernel_initializer="he_normal", name=name)(x)
    # A short memory: small sets have few steps an epoch, and statistics must keep up with the weights.
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)
