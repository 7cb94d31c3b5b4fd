"""Answers for many images, batch by batch."""

from collections.abc import Iterator

import keras
import numpy as np

from training.engine.data.feed import Inputs


def outputs_of(model: keras.Model, inputs: Inputs, batch_size: int) -> np.ndarray:
    """Returns a model's outputs for all inputs, in order.

    Args:
        model: any model with one input and one output.
        inputs: what to look at.
        batch_size: every batch has this size, the last one is filled up: another size would be compiled anew.

    Returns:
        Shape (len(inputs), ...), float32.
    """
    parts = list(_parts(model, inputs, batch_size))
    return np.concatenate(parts) if parts else np.zeros((0, *model.output_shape[1:]), np.float32)


def _parts(model: keras.Model, inputs: Inputs, batch_size: int) -> Iterator[np.ndarray]:
    for start in range(0, len(inputs), batch_size):
        wanted = np.arange(start, min(start + batch_size, len(inputs)))
        batch = inputs.take(np.resize(wanted, batch_size))
        yield np.asarray(model.predict_on_batch(batch), np.float32)[: len(wanted)]


def softmax_or_sigmoid(logits: np.ndarray, activation: str) -> np.ndarray:
    """Returns probabilities of logits, shape (samples, classes), float64 inside so that nothing overflows.

    Args:
        logits: shape (samples, classes).
        activation: `softmax` or `sigmoid`.
    """
    values = logits.astype(np.float64)
    if activation == "sigmoid":
        return (0.5 * (1 + np.tanh(0.5 * values))).astype(np.float32)
    values = np.exp(values - values.max(axis=1, keepdims=True))
    return (values / values.sum(axis=1, keepdims=True)).astype(np.float32)
