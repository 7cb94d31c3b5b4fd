"""Batches for the training loop, prepared by threads while the last one is learnt from."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from training.engine.data.samples import Samples


class Batch(NamedTuple):
    """One step's worth: inputs, targets and the weight of each sample, all with the batch first."""

    inputs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray


class Feed:
    """Gives every sample once an epoch, in an order and with changes that seed and epoch decide.

    All batches have the same size, so that a step is compiled once: the last one is filled up with samples from the
    start of the same epoch's order.

    Args:
        samples: what batches are made of.
        weights: one weight a sample.
        batch_size: samples a step; a smaller set gives smaller batches.
        seed: of the order and of the changes.
        workers: threads that prepare batches.
    """

    def __init__(self, samples: Samples, weights: np.ndarray, batch_size: int, seed: int = 0, workers: int = 2) -> None:
        self.samples = samples
        self._weights = weights.astype(np.float32)
        self.batch_size = min(batch_size, len(samples))
        self._seed = seed
        self._workers = max(1, workers)
        self.steps = -(-len(samples) // self.batch_size)

    def read_by(self, workers: int) -> "Feed":
        """Returns a feed of the same batches that so many threads prepare."""
        return Feed(self.samples, self._weights, self.batch_size, self._seed, workers)

    def epoch(self, epoch: int) -> Iterator[Batch]:
        """Yields the batches of one epoch, always the same for the same epoch."""
        order = np.random.default_rng([self._seed, epoch]).permutation(len(self.samples))
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
        inputs, targets = self.samples.take(indices, (self._seed, epoch))
        return Batch(inputs, targets, self._weights[indices])
