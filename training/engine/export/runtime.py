"""What runs a model: the same call for every format."""

from collections.abc import Callable, Sequence

import numpy as np

# From images, shape (batch, height, width, 3), RGB, 0..255, uint8 or float, to the model's outputs, each float32 with
# the batch first.
Runtime = Callable[[np.ndarray], list[np.ndarray]]

_MOST_NUMBERS = 2**26  # in the outputs of one batch


def most_at_once(outputs: Sequence[Sequence[int]], batch_size: int) -> int:
    """Returns how many images can be looked at in one go, at most `batch_size`: answers for every pixel are large.

    Args:
        outputs: shape of each of the model's outputs for one image.
        batch_size: how many are wanted.

    Example:
        >>> most_at_once([(1024, 1024, 20)], 32)
        3
    """
    return max(1, min(batch_size, _MOST_NUMBERS // sum(int(np.prod(shape)) for shape in outputs)))
