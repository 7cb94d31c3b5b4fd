"""Things pixel by pixel, each for itself."""

from typing import TYPE_CHECKING

import numpy as np

from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.version import ImageRow
from training.engine.tasks.finding import Finding

if TYPE_CHECKING:
    import keras

    from training.engine.data.instances import Instances
    from training.engine.spec import ResolvedSpec

_MOST_DRAWN = 320  # pixels of the longest edge on which masks are drawn after every epoch


class InstanceMasks(Finding):
    """Instance segmentation: targets and predictions are `Instances`, learnt from every shape with an area."""

    name = "instances"
    head = "masks"
    wanted = "polygons, masks or other shapes with an area"

    def _things(self, image: ImageRow) -> "Instances":
        from training.engine.data.instances import Instances
        from training.engine.data.patch import Patch
        from training.engine.data.rasterise import window_of

        size = Frame(image.height, image.width)
        patches, classes = [], []
        for each in image.annotations:
            window = window_of(each.shape, each.geometry, size) if each.class_id in self._index else None
            if window is None:
                continue
            inside, left, top = window
            patch = Patch.of(inside, np.array([[1.0, 0, left], [0, 1, top], [0, 0, 1]]))
            if patch is not None:
                patches.append(patch)
                classes.append(self._index[each.class_id])
        return Instances.of(patches, classes, size)

    def canvas(self, size: Frame) -> Frame:
        """Returns a small size of the same proportions: masks have as many pixels as their canvas."""
        return size.within(_MOST_DRAWN)

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns what every cell is to say; see `encode.masks`."""
        from training.engine.data.found import STRIDE
        from training.engine.encode.masks import masks

        return masks(list(targets), frame, len(self.classes), STRIDE)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns the loss of boxes, with cross-entropy and Dice of the masks in them."""
        from training.engine.losses.mask_loss import MaskLoss

        return MaskLoss(len(self.classes))

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the things found on each image."""
        from training.engine.data.found import STRIDE
        from training.engine.data.found_masks import COEFFICIENTS, found_masks

        return as_entries([found_masks(each, frame, len(self.classes), STRIDE, COEFFICIENTS) for each in outputs])
