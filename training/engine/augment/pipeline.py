"""All augmentations of a spec, in order, on one image."""

from collections.abc import Sequence

import cv2
import numpy as np

from training.engine.augment.blur import Blur
from training.engine.augment.brightness import Brightness
from training.engine.augment.change import Geometric, Photometric
from training.engine.augment.contrast import Contrast
from training.engine.augment.cutout import Cutout
from training.engine.augment.equalise import Equalise
from training.engine.augment.flip import Flip
from training.engine.augment.geometry import about_centre
from training.engine.augment.grayscale import Grayscale
from training.engine.augment.hue import Hue
from training.engine.augment.invert import Invert
from training.engine.augment.noise import Noise
from training.engine.augment.rand_augment import Drawn, RandAugment
from training.engine.augment.rotate import Rotate
from training.engine.augment.saturation import Saturation
from training.engine.augment.settings import AugmentationSettings
from training.engine.augment.shear import Shear
from training.engine.augment.translate import Translate
from training.engine.augment.zoom import Zoom


class Pipeline:
    """Changes images at random, as the settings say.

    Moving pixels happens once, by the product of all matrices; what comes into view is filled with the nearest edge.

    Args:
        settings: how strongly.

    Example:
        >>> pipeline = Pipeline(AugmentationSettings(rotate=0, zoom=0, translate=0, brightness=0, contrast=0,
        ...                                          saturation=0))
        >>> pipeline.changes
        False
    """

    def __init__(self, settings: AugmentationSettings) -> None:
        s = settings
        self._geometric: Sequence[Geometric] = [
            step
            for wanted, step in (
                (s.horizontal_flip or s.vertical_flip, Flip(s.horizontal_flip, s.vertical_flip)),
                (s.shear, Shear(s.shear)),
                (s.rotate, Rotate(s.rotate)),
                (s.zoom, Zoom(s.zoom)),
                (s.translate, Translate(s.translate)),
            )
            if wanted and s.enabled
        ]
        self._photometric: Sequence[Photometric] = [
            step
            for wanted, step in (
                (s.equalise, Equalise(s.equalise)),
                (s.brightness, Brightness(s.brightness)),
                (s.contrast, Contrast(s.contrast)),
                (s.saturation, Saturation(s.saturation)),
                (s.hue, Hue(s.hue)),
                (s.grayscale, Grayscale(s.grayscale)),
                (s.invert, Invert(s.invert)),
                (s.blur, Blur(s.blur)),
                (s.noise, Noise(s.noise)),
                (s.cutout, Cutout(s.cutout, s.cutout_size)),
            )
            if wanted and s.enabled
        ]
        several = s.enabled and s.rand_augment and s.rand_augment_magnitude
        self._drawn = RandAugment(s.rand_augment, s.rand_augment_magnitude) if several else None

    @property
    def changes(self) -> bool:
        """Whether anything is changed at all."""
        return bool(self._geometric or self._photometric or self._drawn)

    def change(self, image: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Returns a changed image, and where its places have gone.

        Args:
            image: shape (height, width, 3), uint8; left as it is.
            rng: the only source of chance, so that the same generator gives the same image.

        Returns:
            The image, of the same shape, uint8, and a matrix of shape (3, 3) that maps places in it, in pixels from
            its outer edges.
        """
        height, width = image.shape[:2]
        matrix = np.eye(3)
        drawn = self._drawn.draw(rng) if self._drawn else Drawn((), ())
        moves = [*self._geometric, *drawn.geometric]
        if moves:
            for move in moves:
                matrix = move.matrix(rng, height, width) @ matrix
            image = cv2.warpAffine(
                image,
                about_centre(matrix, height, width)[:2],
                (width, height),
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
        for change in (*drawn.photometric, *self._photometric):
            image = change(image, rng)
        return image, about_centre(matrix, height + 1, width + 1)
