"""Images of one size, lying in several memory-mapped shards."""

from collections.abc import Sequence

import numpy as np


class Pixels:
    """Reads images by position, from whichever shard holds them.

    Args:
        shards: arrays of shape (n, height, width, 3), uint8; memory-mapped as a rule.
        places: shard and row of every image, shape (images, 2).
    """

    def __init__(self, shards: Sequence[np.ndarray], places: np.ndarray) -> None:
        self._shards = list(shards)
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> np.ndarray:
        """Returns one image, shape (height, width, 3), without copying it."""
        shard, row = self._places[index]
        return self._shards[shard][row]

    def take(self, indices: Sequence[int] | np.ndarray) -> np.ndarray:
        """Returns a copy of several images, shape (len(indices), height, width, 3)."""
        return np.stack([self[int(index)] for index in indices])

    def only(self, indices: Sequence[int] | np.ndarray) -> "Pixels":
        """Returns a view on some of the images, in the order given."""
        return Pixels(self._shards, self._places[np.asarray(indices, dtype=np.int64)])
