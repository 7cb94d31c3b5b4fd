"""How large weights, gradients and steps are, group by group, at the last step of an epoch."""

import math
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from training.engine.events import Events
from training.engine.loop.groups import groups_of
from training.engine.loop.stepper import Stepper

VANISHED = 1e-7  # of the longest gradient of any group
EXPLODING = 0.1  # of the weights' own length, in one step


class StepStatistics:
    """Watches one step of a model, which has been compiled with a watched optimiser.

    Args:
        stepper: trains the model.
        events: for a warning of a group that learns nothing, or far too fast.
    """

    def __init__(self, stepper: Stepper, events: Events) -> None:
        self._stepper = stepper
        self._model = stepper.model
        self._groups = groups_of(self._model)
        # With 16-bit floats an optimiser that scales the loss is wrapped around the one that is watched.
        self._optimizer = getattr(self._model.optimizer, "inner_optimizer", self._model.optimizer)
        self._events = events
        self._warned: set[tuple[str, str]] = set()
        self._before: list[np.ndarray] = []

    def begin(self) -> None:
        """Looks at the weights; the step comes next."""
        self._stepper.sync()
        self._before = self._weights()
        self._optimizer.watching.assign(1.0)

    def end(self) -> list[dict[str, Any]]:
        """Looks again, after the step, and returns what it was.

        Returns:
            For each group its name, the length of its `weights`, of its `gradients`, of the `update` as a share of the
            weights, and a `verdict`: null, `vanished` or `exploding`.
        """
        self._optimizer.watching.assign(0.0)
        after, squares = self._weights(), keras.ops.convert_to_numpy(self._optimizer.squares)
        moved = self._lengths([_square(new - old) for new, old in zip(after, self._before, strict=True)])
        weights, gradients = self._lengths([_square(each) for each in after]), self._lengths(squares)
        longest = max(gradients.values())
        found = [
            {
                "group": group,
                "weights": _short(weights[group]),
                "gradients": _short(gradients[group]),
                "update": _short(moved[group] / max(weights[group], 1e-12)),
                "verdict": _verdict(gradients[group], longest, moved[group] / max(weights[group], 1e-12)),
            }
            for group in weights
        ]
        self._before = []
        self._warn(found)
        return found

    def _weights(self) -> list[np.ndarray]:
        return [np.array(keras.ops.convert_to_numpy(each), np.float32) for each in self._model.trainable_variables]

    def _lengths(self, squares: Sequence[float] | np.ndarray) -> dict[str, float]:
        sums = dict.fromkeys(self._groups, 0.0)
        for group, square in zip(self._groups, squares, strict=True):
            sums[group] += float(square)
        return {group: math.sqrt(total) for group, total in sums.items()}

    def _warn(self, found: list[dict[str, Any]]) -> None:
        for each in found:
            group, verdict = each["group"], each["verdict"]
            if verdict is None or (group, verdict) in self._warned:
                continue
            self._warned.add((group, verdict))
            message = (
                f"No gradient reaches {group} any more: it has stopped learning."
                if verdict == "vanished"
                else f"One step changes {group} by {each['update']:.0%} of its weights: the learning rate is too high."
            )
            self._events.emit("log", level="warning", message=message)


def _square(values: np.ndarray) -> float:
    return float(np.vdot(values, values))


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _verdict(gradient: float, longest: float, update: float) -> str | None:
    if not math.isfinite(gradient) or update > EXPLODING:
        return "exploding"
    return "vanished" if gradient <= VANISHED * longest else None
