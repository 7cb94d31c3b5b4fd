"""What batches are made of."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from training.engine.data.batch import Batch

Encode = Callable[[np.ndarray], np.ndarray]


class Moment(NamedTuple):
    """What all chance follows from, besides the sample itself: the run's seed and the epoch, counted from zero."""

    seed: int
    epoch: int


class Inputs(Protocol):
    """What samples are read from: `Pixels`, or features in memory."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> np.ndarray: ...

    def take(self, indices: np.ndarray, /) -> np.ndarray:
        """Returns a copy of several samples, stacked."""


class Samples:
    """Inputs and targets as they are.

    Args:
        inputs: what is looked at.
        targets: what is to be found there, one entry a sample.
        encode: makes several targets what the loss takes.
        weights: how much each sample counts; None: all alike.
    """

    def __init__(
        self,
        inputs: Inputs,
        targets: np.ndarray,
        encode: Encode = lambda targets: targets,
        weights: np.ndarray | None = None,
    ) -> None:
        self.inputs = inputs
        self.targets = targets
        self.encode = encode
        self.weights = np.ones(len(inputs), np.float32) if weights is None else weights.astype(np.float32)

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, indices: np.ndarray, moment: Moment) -> Batch:
        """Returns several samples.

        Args:
            indices: which ones.
            moment: of all chance; what samples are drawn together with does not matter.
        """
        return Batch(self.inputs.take(indices), self.encode(self.targets[indices]), self.weights[indices])
