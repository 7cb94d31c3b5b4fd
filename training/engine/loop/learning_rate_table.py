"""Learning rates read from a list."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable("labelapp")
class LearningRateTable(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate of every step, written out: what the form draws is what the optimiser uses.

    Args:
        rates: one a step; the last one stays.
    """

    def __init__(self, rates: Sequence[float]) -> None:
        super().__init__()
        self.rates = [float(rate) for rate in rates]
        self._table = np.array(self.rates, np.float32)

    def __call__(self, step: Any) -> Any:
        """Returns the learning rate of a step, counted from zero."""
        step = ops.minimum(ops.cast(step, "int32"), len(self.rates) - 1)
        return ops.take(ops.convert_to_tensor(self._table), step)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same table."""
        return {"rates": self.rates}
