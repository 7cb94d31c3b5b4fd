"""Boxes around things."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from training.engine.data.bounds import bounds
from training.engine.data.boxes import Boxes
from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.version import ImageRow
from training.engine.data.windows import View
from training.engine.tasks.finding import Finding

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec


class Detection(Finding):
    """Object detection: targets and predictions are `Boxes`; any shape is learnt as the box around it."""

    name = "detection"
    head = "detector"
    wanted = "boxes or other shapes"

    def _things(self, image: ImageRow) -> Boxes:
        known = [each for each in image.annotations if each.class_id in self._index]
        around = [(bounds(each.shape, each.geometry), self._index[each.class_id]) for each in known]
        there = [(box, label) for box, label in around if box is not None]
        boxes = Boxes.of([box for box, _label in there], [label for _box, label in there])
        return boxes.inside(image.height, image.width)

    def joined(self, targets: Sequence[Boxes], corners: Sequence[tuple[int, int]], frame: Frame) -> Boxes:
        """Returns the boxes of all pieces."""
        shifts = [np.array([[1, 0, left], [0, 1, top], [0, 0, 1]]) for left, top in corners]
        return Boxes.of_all([each.mapped(shift) for each, shift in zip(targets, shifts, strict=True)])

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns heat, reach and weight of every cell; see `centres`."""
        from training.engine.data.found import STRIDE
        from training.engine.encode.centres import centres

        return centres(list(targets), frame, len(self.classes), STRIDE)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns the focal loss of centres and the generalised IoU of boxes."""
        from training.engine.losses.detection_loss import DetectionLoss

        return DetectionLoss(len(self.classes))

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the boxes found on each image."""
        from training.engine.data.found import STRIDE, found

        return as_entries([found(each, frame.height // STRIDE)[0] for each in outputs])

    def gathered(self, outputs: np.ndarray, views: Sequence[View], frame: Frame, size: Frame) -> Boxes:
        """Returns the boxes of all windows, those of the same thing as one."""
        from training.engine.data.seams import without_seams

        found = zip(self.read(outputs, frame), views, strict=True)
        parts = [self.moved(each, np.linalg.inv(view.matrix), size) for each, view in found]
        return without_seams(parts, [view.window for view in views])
