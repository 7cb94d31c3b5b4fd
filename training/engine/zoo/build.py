"""From a preset to a model."""

import importlib

import keras
from keras import layers

from training.engine import zoo


def build(
    name: str,
    classes: int,
    image_size: int,
    activation: str = "softmax",
    dropout: float = 0.0,
    backbone: keras.Model | None = None,
) -> keras.Model:
    """Returns a model that answers with probabilities.

    Its layers are named alike for every preset: `backbone` (a model of its own), `pool`, `dropout`, `logits`,
    `probabilities`.

    Args:
        name: of the preset.
        classes: number of classes.
        image_size: edge of the square input, in pixels.
        activation: softmax, or sigmoid where several classes may be right.
        dropout: share of the pooled features dropped while training.
        backbone: one that exists already, with its weights; None builds it.

    Returns:
        From images of shape (batch, image_size, image_size, 3), RGB, 0..255, to probabilities of shape
        (batch, classes), float32.
    """
    inputs = keras.Input((image_size, image_size, 3), name="image")
    x = (backbone or build_backbone(name, image_size))(inputs)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dropout(dropout, name="dropout")(x)
    # In float32 also under mixed precision: half precision is too coarse for probabilities.
    x = layers.Dense(classes, dtype="float32", name="logits")(x)
    outputs = layers.Activation(activation, dtype="float32", name="probabilities")(x)
    return keras.Model(inputs, outputs, name=name)


def build_backbone(name: str, image_size: int, **options: str | None) -> keras.Model:
    """Returns the backbone of a preset alone; options go to its family's builder."""
    preset = zoo.get(name)
    family = importlib.import_module(f"training.engine.zoo.{preset.family}.backbone")
    return family.build_backbone(preset, image_size, **options)
