"""What batches are made of."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from training.engine.augment.pipeline import Pipeline
from training.engine.data.frame import Frame

Encode = Callable[[np.ndarray], np.ndarray]
Move = Callable[[Any, np.ndarray, Frame], Any]


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
    """

    def __init__(self, inputs: Inputs, targets: np.ndarray, encode: Encode = lambda targets: targets) -> None:
        self.inputs = inputs
        self.targets = targets
        self.encode = encode

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, indices: np.ndarray, seed: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Returns inputs and encoded targets of several samples.

        Args:
            indices: which ones.
            seed: of all chance; what samples are drawn together with does not matter.
        """
        return self.inputs.take(indices), self.encode(self.targets[indices])


class AugmentedSamples(Samples):
    """Images and what is on them, changed at random.

    Args:
        samples: as they are.
        pipeline: how images are changed.
        move: takes a target along: given target, matrix and frame, returns the target.
    """

    def __init__(self, samples: Samples, pipeline: Pipeline, move: Move) -> None:
        super().__init__(samples.inputs, samples.targets, samples.encode)
        self._pipeline = pipeline
        self._move = move

    def take(self, indices: np.ndarray, seed: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Returns changed images and their encoded targets."""
        images, targets = [], self.targets[indices]
        for place, index in enumerate(indices):
            rng = np.random.default_rng([*seed, int(index)])
            image, matrix = self._pipeline.change(self.inputs[int(index)], rng)
            images.append(image)
            targets[place] = self._move(targets[place], matrix, Frame(*image.shape[:2]))
        return np.stack(images), self.encode(targets)
