"""A model that knows that it is not in training."""

from collections.abc import Sequence

import keras
import numpy as np


def at_rest(model: keras.Model, outputs: "Sequence[keras.KerasTensor] | None" = None) -> keras.Model:
    """Returns a model that answers as in inference, whoever calls it and however.

    Exporters call a model without saying so. Some layers, such as `Resizing`, then take it for training, and with
    them all that come behind, batch normalisation among these.

    Args:
        model: any functional model with one input.
        outputs: some of its tensors; None: its own outputs.
    """
    inputs = keras.Input(model.input_shape[1:], name="image")
    inner = model if outputs is None else keras.Model(model.inputs, list(outputs))
    resting = keras.Model(inputs, inner(inputs, training=False))
    resting(np.zeros((1, *inputs.shape[1:]), np.float32))  # some exporters want one that has been called
    return resting
