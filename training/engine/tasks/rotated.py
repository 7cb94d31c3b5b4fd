"""Turned boxes around things."""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.patch import Patch
from training.engine.data.rasterise import of_runs
from training.engine.data.rotated_boxes import RotatedBoxes
from training.engine.data.version import Annotation, ImageRow
from training.engine.tasks.finding import Finding

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec


class Rotated(Finding):
    """Rotated detection: targets and predictions are `RotatedBoxes`.

    Boxes are learnt as they are drawn, ellipses as the boxes along their axes, other shapes with an area as the
    smallest box around them.
    """

    name = "rotated"
    head = "rotated"
    wanted = "rotated boxes or other shapes with an area"

    def _things(self, image: ImageRow) -> RotatedBoxes:
        known = [each for each in image.annotations if each.class_id in self._index]
        around = [(_box(each), self._index[each.class_id]) for each in known]
        there = [(box, label) for box, label in around if box is not None]
        boxes = RotatedBoxes.of([box for box, _label in there], [label for _box, label in there])
        return boxes.inside(image.height, image.width)

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns heat, box and weight of every cell; see `rotated_centres`."""
        from training.engine.data.found import STRIDE
        from training.engine.encode.rotated_centres import rotated_centres

        return rotated_centres(list(targets), frame, len(self.classes), STRIDE)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns the focal loss of centres and the distance of boxes as Gaussians."""
        from training.engine.losses.rotated_loss import RotatedLoss

        return RotatedLoss(len(self.classes))

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the turned boxes found on each image."""
        from training.engine.data.found import STRIDE
        from training.engine.data.found_rotated import found_rotated

        return as_entries([found_rotated(each, frame.height // STRIDE) for each in outputs])


def _box(annotation: Annotation) -> list[float] | None:
    """Returns centre, width, height and angle in radians; None for what has no area."""
    shape, geometry = annotation.shape, annotation.geometry
    angle = float(np.deg2rad(geometry.get("angle", 0)))
    if shape in ("box", "rotated_box"):
        x, y, width, height = geometry["box"]
        return [x + width / 2, y + height / 2, width, height, angle]
    if shape == "ellipse":
        return [*geometry["center"], 2 * geometry["radii"][0], 2 * geometry["radii"][1], angle]
    if shape == "polygon":
        points = np.array(geometry["rings"][0])
    elif shape == "mask" and (patch := Patch.of(of_runs(geometry), np.eye(3))):
        points = patch.hull
    else:
        return None
    (x, y), (width, height), degrees = cv2.minAreaRect(points.astype(np.float32))
    return [x, y, width, height, float(np.deg2rad(degrees))]
