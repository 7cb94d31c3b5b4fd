"""Answers for many images, batch by batch."""

from collections.abc import Iterator

import keras
import numpy as np

from training.engine.data.samples import Inputs
from training.engine.export.runtime import most_at_once


def outputs_of(model: keras.Model, inputs: Inputs, batch_size: int) -> np.ndarray:
    """Returns a model's outputs for all inputs, in order.

    Args:
        model: any model with one input and one output.
        inputs: what to look at.
        batch_size: every batch has this size, the last one is filled up: another size would be compiled anew.

    Returns:
        Shape (len(inputs), ...), float32.
    """
    parts = [outputs for _indices, (outputs,) in batches(model, inputs, batch_size)]
    return np.concatenate(parts) if parts else np.zeros((0, *model.output_shape[1:]), np.float32)


def affordable(model: keras.Model, batch_size: int) -> int:
    """Returns how many images can be looked at in one go, at most `batch_size`: answers for every pixel are large."""
    return most_at_once([model.output_shape[1:]], batch_size)


def batches(model: keras.Model, inputs: Inputs, batch_size: int) -> Iterator[tuple[np.ndarray, list[np.ndarray]]]:
    """Yields the positions of a batch and each of the model's outputs for it, float32."""
    for start in range(0, len(inputs), batch_size):
        wanted = np.arange(start, min(start + batch_size, len(inputs)))
        answers = model.predict_on_batch(inputs.take(np.resize(wanted, batch_size)))
        answers = answers if isinstance(answers, list | tuple) else [answers]
        yield wanted, [np.asarray(each, np.float32)[: len(wanted)] for each in answers]
