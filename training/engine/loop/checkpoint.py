"""The state of a run after an epoch: enough to go on as if nothing had happened."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training.engine.atomic import replacing
from training.engine.errors import EngineError
from training.engine.loop.progress import Progress

_META = "meta"


class CheckpointFolder:
    """The last and the best checkpoint of a run, each one file, replaced atomically.

    Args:
        folder: `checkpoints` in the result folder.
        spec: what the run was asked for; a checkpoint of another spec is refused.
    """

    def __init__(self, folder: Path, spec: dict[str, Any]) -> None:
        self.last = folder / "last" / "state.npz"
        self.best = folder / "best" / "model.weights.h5"
        self._spec = spec

    def clear(self) -> None:
        """Removes both."""
        self.last.unlink(missing_ok=True)
        self.best.unlink(missing_ok=True)

    def save_best(self, model: keras.Model) -> None:
        """Keeps the model's weights as the best so far."""
        with replacing(self.best) as part:
            model.save_weights(part)

    def load_best(self, model: keras.Model) -> bool:
        """Gives the model the best weights, where there are any; returns whether there were."""
        if self.best.exists():
            model.load_weights(self.best)
        return self.best.exists()

    def save_last(self, model: keras.Model, optimizer: keras.optimizers.Optimizer | None, progress: Progress) -> None:
        """Keeps everything a later process needs: variables with their random states, optimiser, progress."""
        arrays = {f"v{i}": keras.ops.convert_to_numpy(v) for i, v in enumerate(model.variables)}
        if optimizer is not None:
            arrays |= {f"o{i}": keras.ops.convert_to_numpy(v) for i, v in enumerate(optimizer.variables)}
        meta = {"spec": self._spec, "progress": asdict(progress)}
        arrays[_META] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
        with replacing(self.last) as part, part.open("wb") as file:
            np.savez(file, **arrays)

    def read_progress(self) -> Progress | None:
        """Returns what the last checkpoint remembers; None where there is none.

        Raises:
            EngineError: `wrong_checkpoint`, when it belongs to another spec.
        """
        if not self.last.exists():
            return None
        with np.load(self.last) as stored:
            meta = json.loads(stored[_META].tobytes())
        if meta["spec"] != self._spec:
            different = sorted(key for key in self._spec if meta["spec"].get(key) != self._spec[key])
            raise EngineError(
                "wrong_checkpoint",
                f"The checkpoint in this folder belongs to another run: {', '.join(different)} differ.",
                "Resume with the spec and version the run was started with, or choose another output folder.",
            )
        return Progress(**meta["progress"])

    def restore(self, model: keras.Model, optimizer: keras.optimizers.Optimizer | None) -> None:
        """Gives model and optimiser the state of the last checkpoint."""
        with np.load(self.last) as stored:
            for i, variable in enumerate(model.variables):
                variable.assign(stored[f"v{i}"])
            if optimizer is not None:
                for i, variable in enumerate(optimizer.variables):
                    variable.assign(stored[f"o{i}"])
