"""Batches for the training loop, prepared by threads while the last one is learnt from."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, Protocol

import numpy as np


class Batch(NamedTuple):
    """One step's worth: inputs, targets and the weight of each sample, all with the batch first."""

    inputs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray


class Inputs(Protocol):
    """What samples are read from: `Pixels`, or features in memory."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> np.ndarray: ...

    def take(self, indices: np.ndarray, /) -> np.ndarray:
        """Returns a copy of several samples, stacked."""


class Feed:
    """Gives every sample once an epoch, in an order and with changes that seed and epoch decide.

    All batches have the same size, so that a step is compiled once: the last one is filled up with samples from the
    start of the same epoch's order.

    Args:
        inputs: what samples are read from.
        targets: one row a sample.
        weights: one weight a sample.
        batch_size: samples a step; a smaller set gives smaller batches.
        seed: of the order and of the changes.
        change: changes one sample at random; None leaves them as they are.
        workers: threads that prepare batches.
    """

    def __init__(
        self,
        inputs: Inputs,
        targets: np.ndarray,
        weights: np.ndarray,
        batch_size: int,
        seed: int,
        change: Callable[[np.ndarray, np.random.Generator], np.ndarray] | None = None,
        workers: int = 2,
    ) -> None:
        self._inputs = inputs
        self._targets = targets
        self._weights = weights.astype(np.float32)
        self.batch_size = min(batch_size, len(inputs))
        self._seed = seed
        self._change = change
        self._workers = max(1, workers)
        self.steps = -(-len(inputs) // self.batch_size)

    def epoch(self, epoch: int) -> Iterator[Batch]:
        """Yields the batches of one epoch, always the same for the same epoch."""
        order = np.random.default_rng([self._seed, epoch]).permutation(len(self._inputs))
        order = np.resize(order, self.steps * self.batch_size)
        parts = iter(order.reshape(self.steps, self.batch_size))
        waiting: deque[Future[Batch]] = deque()
        with ThreadPoolExecutor(self._workers, thread_name_prefix="feed") as pool:
            try:
                for part in parts:
                    waiting.append(pool.submit(self._batch, epoch, part))
                    if len(waiting) > 2 * self._workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def _batch(self, epoch: int, indices: np.ndarray) -> Batch:
        return Batch(self._read(epoch, indices), self._targets[indices], self._weights[indices])

    def _read(self, epoch: int, indices: np.ndarray) -> np.ndarray:
        if self._change is None:
            return self._inputs.take(indices)
        return np.stack(
            [
                self._change(self._inputs[int(index)], np.random.default_rng([self._seed, epoch, int(index)]))
                for index in indices
            ]
        )
