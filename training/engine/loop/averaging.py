"""The running mean of the weights, in place of the weights themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras
import numpy as np


@contextmanager
def averaged(model: keras.Model) -> Iterator[None]:
    """Lends a model the mean of its weights while it is judged or saved, where its optimiser keeps one.

    Training goes on with the weights themselves afterwards (Polyak and Juditsky 1992). Statistics of batch
    normalisation are means already and stay.

    Args:
        model: compiled; its state is in its variables, as `Stepper.end_epoch` leaves it.
    """
    # With 16-bit floats an optimiser that scales the loss is wrapped around the one that was asked for.
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)
    if not optimizer.use_ema:
        yield
        return
    own = [np.array(keras.ops.convert_to_numpy(variable)) for variable in model.trainable_variables]
    optimizer.finalize_variable_values(model.trainable_variables)
    try:
        yield
    finally:
        for variable, value in zip(model.trainable_variables, own, strict=True):
            variable.assign(value)
