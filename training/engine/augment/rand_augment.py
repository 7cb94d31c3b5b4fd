"""A few changes drawn anew for every image."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from training.engine.augment.blur import Blur
from training.engine.augment.brightness import Brightness
from training.engine.augment.change import Geometric, Photometric
from training.engine.augment.contrast import Contrast
from training.engine.augment.equalise import Equalise
from training.engine.augment.rotate import Rotate
from training.engine.augment.saturation import Saturation
from training.engine.augment.shear import Shear
from training.engine.augment.translate import Translate
from training.engine.augment.zoom import Zoom

MOST = 10.0  # the magnitude at which every change is as strong as it gets

# At full strength as in the paper; what is there for all or nothing is so by that share.
_MOVES: tuple[Callable[[float], Geometric], ...] = (
    lambda strength: Rotate(30 * strength),
    lambda strength: Shear(17 * strength),
    lambda strength: Translate(0.3 * strength),
    lambda strength: Zoom(0.5 * strength),
)
_LOOKS: tuple[Callable[[float], Photometric], ...] = (
    lambda strength: Brightness(0.5 * strength),
    lambda strength: Contrast(0.9 * strength),
    lambda strength: Saturation(0.9 * strength),
    Blur,
    Equalise,
)


class Drawn(NamedTuple):
    """Changes of one image, by whether they move pixels."""

    geometric: Sequence[Geometric]
    photometric: Sequence[Photometric]


class RandAugment:
    """Draws changes of one strength, all alike probable (arXiv:1909.13719); how far each goes is drawn up to it.

    Args:
        operations: changes of every image; the same may be drawn twice.
        magnitude: their strength, 0..10.
    """

    def __init__(self, operations: int, magnitude: float) -> None:
        self._operations = operations
        strength = magnitude / MOST
        self._moves = [make(strength) for make in _MOVES]
        self._looks = [make(strength) for make in _LOOKS]

    def draw(self, rng: np.random.Generator) -> Drawn:
        """Returns the changes of one image."""
        places = rng.integers(0, len(self._moves) + len(self._looks), self._operations)
        moves = [self._moves[place] for place in places if place < len(self._moves)]
        return Drawn(moves, [self._looks[place - len(self._moves)] for place in places if place >= len(self._moves)])
