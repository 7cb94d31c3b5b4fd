"""How often images are drawn, so that rare classes come as often as others."""

import numpy as np

MOST = 10.0  # times as often as those of the most frequent class: beyond that one learns few images by heart


def repeat_factors(present: np.ndarray) -> np.ndarray:
    """Returns how many times as often each image is to come, from 1 on, shape (images,).

    Where images hold one class each, all classes come equally often. Where they may hold several, the rarest of them
    decides, by the root of how much rarer it is: what comes with it is drawn as well (LVIS, arXiv:1908.03195, with the
    most frequent class as the threshold).

    Args:
        present: which classes are on which image, shape (images, classes), bool.

    Example:
        >>> repeat_factors(np.array([[1, 0], [1, 0], [1, 0], [0, 1]], bool)).tolist()
        [1.0, 1.0, 1.0, 3.0]
    """
    images_of = present.sum(axis=0)
    rarer = images_of.max(initial=0) / np.maximum(images_of, 1)
    if (present.sum(axis=1) > 1).any():
        rarer = np.sqrt(rarer)
    return np.minimum(np.where(present, rarer, 1.0).max(axis=1, initial=1.0), MOST)


def drawn_order(factors: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Returns the positions of the images of one epoch, as many as there are.

    Every image comes as often as its factor says or, by chance, once more; of all these as many are kept as there are
    images, so that an epoch stays as long as it is.

    Args:
        factors: as `repeat_factors` has them.
        rng: the only source of chance.
    """
    times = np.floor(factors + rng.random(len(factors))).astype(np.int64)
    return rng.permutation(np.repeat(np.arange(len(factors)), times))[: len(factors)]
