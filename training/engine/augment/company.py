"""Which other images join one: beside it, through it or in it."""

from collections.abc import Callable

import numpy as np

from training.engine.augment.cutmix import CutMix
from training.engine.augment.mixup import MixUp
from training.engine.augment.mosaic import LAST_SHARE, Mosaic
from training.engine.augment.settings import AugmentationSettings
from training.engine.data.frame import Frame, Placement

Mix = Callable[[np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, float]]


class Company:
    """Draws for every image whether others join it.

    Args:
        settings: how often.
        epochs: of the run; in the last of them there are no mosaics.
    """

    def __init__(self, settings: AugmentationSettings, epochs: int) -> None:
        s = settings
        self._mosaic = Mosaic(s.mosaic) if s.enabled and s.mosaic else None
        self._mosaic_ends = round(epochs * (1 - LAST_SHARE))
        self._mixes: list[tuple[float, Mix]] = [
            (share, mix)
            for share, mix in ((s.mixup, MixUp(s.mixup_alpha)), (s.cutmix, CutMix()))
            if share and s.enabled
        ]

    @property
    def joins(self) -> bool:
        """Whether any image is ever joined."""
        return bool(self._mosaic or self._mixes)

    def beside(self, rng: np.random.Generator, frame: Frame, epoch: int) -> list[Placement]:
        """Returns where the image and three others lie on one frame; nothing where it stays alone."""
        if self._mosaic is None or epoch >= self._mosaic_ends:
            return []
        return self._mosaic.draw(rng, frame)

    def within(self, rng: np.random.Generator) -> Mix | None:
        """Returns how another image is mixed into it, if it is: shares beyond one in all are taken in proportion."""
        if not self._mixes:
            return None
        chance = float(rng.random()) * max(1.0, sum(share for share, _mix in self._mixes))
        for share, mix in self._mixes:
            if chance < share:
                return mix
            chance -= share
        return None
