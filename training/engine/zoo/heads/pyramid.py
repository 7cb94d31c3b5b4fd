"""Features of several strides, joined from the coarsest to the finest (arXiv:1612.03144)."""

from collections.abc import Sequence

import keras
from keras import layers


def joined(features: Sequence[keras.KerasTensor], channels: Sequence[int]) -> keras.KerasTensor:
    """Returns the finest features, which know what all coarser ones have seen.

    Args:
        features: from the finest to the coarsest, shapes (batch, height, width, any).
        channels: of the result at each of them.
    """
    x = _lateral(features[-1], channels[-1], len(features) - 1)
    for level in reversed(range(len(features) - 1)):
        finer = features[level]
        if x.shape[-1] != channels[level]:
            x = convolution(x, channels[level], f"narrow{level}", size=1)
        x = _enlarged(x, finer, f"up{level}")
        x = layers.Add(name=f"join{level}")([_lateral(finer, channels[level], level), x])
        if level:  # what comes behind the finest looks around itself
            x = convolution(x, channels[level], f"smooth{level}")
    return x


def _enlarged(x: keras.KerasTensor, finer: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Returns features as large as finer ones, by repeating them."""
    if finer.shape[1:3] == (2 * x.shape[1], 2 * x.shape[2]):
        return layers.UpSampling2D(2, name=name)(x)
    resizing = layers.Resizing(*finer.shape[1:3], interpolation="nearest", name=name)  # not all backbones pad
    # It takes itself to be in training unless told otherwise, and makes all layers behind it believe so, too.
    return resizing(x, training=False)


def convolution(x: keras.KerasTensor, filters: int, name: str, size: int = 3) -> keras.KerasTensor:
    """Returns a convolution with batch normalisation and ReLU."""
    x = layers.Conv2D(filters, size, padding="same", use_bias=False, kernel_initializer="he_normal", name=name)(x)
    # A short memory: small sets have few steps an epoch, and statistics must keep up with the weights.
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def _lateral(x: keras.KerasTensor, channels: int, level: int) -> keras.KerasTensor:
    return convolution(x, channels, f"lateral{level}", size=1)
