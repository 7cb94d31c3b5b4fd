"""Batches for the training loop, prepared by threads while the last one is learnt from."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from training.engine.data.batch import Batch
from training.engine.data.repeats import drawn_order
from training.engine.data.samples import Moment, Samples


class Feed:
    """Gives every sample once an epoch, or rare ones more often; seed and epoch decide their order and changes.

    All batches have the same size, so that a step is compiled once: the last one is filled up with samples from the
    start of the same epoch's order.

    Args:
        samples: what batches are made of.
        batch_size: samples a step; a smaller set gives smaller batches.
        seed: of the order and of the changes.
        workers: threads that prepare batches.
        repeats: how many times as often as others each sample is to come; None: every one once.
    """

    def __init__(
        self,
        samples: Samples,
        batch_size: int,
        seed: int = 0,
        workers: int = 2,
        repeats: np.ndarray | None = None,
    ) -> None:
        self.samples = samples
        self.batch_size = min(batch_size, len(samples))
        self._seed = seed
        self._workers = max(1, workers)
        self._repeats = repeats
        self.steps = -(-len(samples) // self.batch_size)

    def read_by(self, workers: int) -> "Feed":
        """Returns a feed of the same batches that so many threads prepare."""
        return Feed(self.samples, self.batch_size, self._seed, workers, self._repeats)

    def epoch(self, epoch: int) -> Iterator[Batch]:
        """Yields the batches of one epoch, always the same for the same epoch."""
        rng = np.random.default_rng([self._seed, epoch])
        order = rng.permutation(len(self.samples)) if self._repeats is None else drawn_order(self._repeats, rng)
        order = np.resize(order, self.steps * self.batch_size)
        parts = iter(order.reshape(self.steps, self.batch_size))
        waiting: deque[Future[Batch]] = deque()
        with ThreadPoolExecutor(self._workers, thread_name_prefix="feed") as pool:
            try:
                for part in parts:
                    waiting.append(pool.submit(self.samples.take, part, Moment(self._seed, epoch)))
                    if len(waiting) > 2 * self._workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
