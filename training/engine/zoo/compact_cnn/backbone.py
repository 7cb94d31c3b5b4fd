"""A plain convolutional network that learns from little data on a CPU."""

from collections.abc import Sequence

import keras
from keras import layers

from training.engine.data.frame import Frame
from training.engine.zoo.levels import levels
from training.engine.zoo.preset import Preset

_STEM = 24
_STAGES = (32, 64, 128)


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
        stride 8 with 128 channels, or a list of features.
    """
    inputs = keras.Input((frame.height, frame.width, 3), name="pixels")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(inputs)
    x = _convolution(x, _STEM, "stem", strides=2)
    for stage, filters in enumerate(_STAGES):
        if stage:
            x = layers.MaxPooling2D(2, padding="same", name=f"stage{stage}_pool")(x)
        x = _convolution(x, filters, f"stage{stage}_a")
        x = _convolution(x, filters, f"stage{stage}_b")
    network = keras.Model(inputs, x, name="backbone")
    return levels(network, strides) if strides else network


def _convolution(x: keras.KerasTensor, filters: int, name: str, strides: int = 1) -> keras.KerasTensor:
    x = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, kernel_initializer="he_normal", name=name)(x)
    # A short memory: small sets have few steps an epoch, and statistics must keep up with the weights.
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return layers.Activation("silu", name=f"{name}_silu")(x)
