"""One training step, on TensorFlow, JAX or PyTorch, without the machinery of `fit`."""

from typing import Any

import keras
import numpy as np

from training.engine.data.batch import Batch


class Stepper:
    """Trains a compiled model batch by batch.

    `fit` asks for a data set of its backend's own kind; this takes NumPy batches, and leaves results on the device
    until they are asked for.

    Args:
        model: compiled; answers with logits.
    """

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self._backend = keras.config.backend()
        self._logs: dict[str, Any] = {}
        self._state: Any = None
        model.make_train_function(force=True)

    def start_epoch(self) -> None:
        """Forgets the running means of the epoch before."""
        self.model.reset_metrics()
        if self._backend == "torch":
            self.model.train()

    def step(self, batch: Batch) -> None:
        """Learns from one batch."""
        if self._backend == "jax":
            self._jax_step(batch)
        elif self._backend == "torch":
            data = tuple(keras.ops.convert_to_tensor(part) for part in batch)
            self._logs = self.model.train_function([data])
        else:
            self._logs = self.model.train_function(iter([tuple(batch)]))

    def metrics(self) -> dict[str, float]:
        """Returns the running means of the epoch so far; waits for the device."""
        if self._backend == "jax":
            self.sync()
        values = self.model._get_metrics_result_or_logs(self._logs) if self._backend == "jax" else self._logs
        return {name: float(np.asarray(keras.ops.convert_to_numpy(value))) for name, value in values.items()}

    def sync(self) -> None:
        """Writes the state back to the model's variables, where a backend keeps it apart."""
        if self._state is not None:
            self.model._jax_state = self._state
            self.model.jax_state_sync()
            self._state = None

    def end_epoch(self) -> None:
        """Leaves the model ready to be read and evaluated."""
        self.sync()
        if self._backend == "torch":
            self.model.eval()

    def _jax_step(self, batch: Batch) -> None:
        names = ("trainable_variables", "non_trainable_variables", "optimizer_variables", "metrics_variables")
        if self._state is None:
            current = self.model._get_jax_state(**dict.fromkeys(names, True), purge_model_variables=True)
            self.model._jax_state_synced = False
        else:
            current = tuple(self._state[name] for name in names)
        self._logs, state = self.model.train_function(current, iter([tuple(batch)]))
        self._state = dict(zip(names, state, strict=True))
