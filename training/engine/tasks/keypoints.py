"""Named points of things."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.poses import Poses
from training.engine.data.skeletons import Skeletons
from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.errors import EngineError
from training.engine.tasks.finding import Finding
from training.engine.tasks.task import Labels

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec

_MARGIN = 0.1  # of the longer extent of points, on each side: what they belong to is larger than they reach


class Keypoints(Finding):
    """Keypoints: targets and predictions are `Poses`, of classes that have a skeleton.

    Hidden points are learnt as visible ones are: both have a place.
    """

    name = "keypoints"
    head = "points"
    wanted = "keypoints of classes with a skeleton"

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        super().__init__(classes)
        self.skeletons = Skeletons(classes)

    def targets(self, version: Version) -> Labels:
        """Returns the images with such things, and those that are known to have none.

        Raises:
            EngineError: also where keypoints are drawn, but no class says which these are.
        """
        drawn = {each.class_id for image in version.images for each in image.annotations if each.shape == "keypoints"}
        bare = [item.name for item in self.classes if item.id in drawn and not item.skeleton.get("points")]
        if bare and not self.skeletons.most:
            raise EngineError(
                "too_few_images",
                f"{bare[0]} has keypoints, but no skeleton: which points these are is not known.",
                "Give the class a skeleton, and freeze a new version.",
            )
        return super().targets(version)

    def _things(self, image: ImageRow) -> Poses:
        classes, rows = [], []
        for each in image.annotations:
            label = self._index.get(each.class_id)
            if each.shape != "keypoints" or label is None or not self.skeletons.counts[label]:
                continue
            points = np.zeros((self.skeletons.most, 3), np.float32)
            given = np.array(each.geometry["points"], np.float32)[: self.skeletons.counts[label]]
            points[: len(given)] = given
            points[:, 2] = points[:, 2] > 0
            if points[:, 2].any():
                classes.append(label)
                rows.append(points)
        boxes = Boxes.of([_around(each) for each in rows], classes)
        every = np.stack(rows) if rows else np.zeros((0, self.skeletons.most, 3), np.float32)
        return Poses(boxes, every, self.skeletons).inside(image.height, image.width)

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns heat, reach, points and weight of every cell; see `encode.points`."""
        from training.engine.data.found import STRIDE
        from training.engine.encode.points import points

        return points(list(targets), frame, len(self.classes), STRIDE)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns the loss of boxes and of the points in them."""
        from training.engine.losses.points_loss import PointsLoss

        known = self.skeletons.counts > 0
        return PointsLoss(len(self.classes), self.skeletons.sigmas[known].mean(axis=0).tolist())

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the things found on each image."""
        from training.engine.data.found import STRIDE

        return as_entries([self._read(each, frame.height // STRIDE) for each in outputs])

    def _read(self, outputs: np.ndarray, rows: int) -> Poses:
        from training.engine.data.found import found

        end = 4 + len(self.classes)
        boxes, cells = found(outputs[:, :end], rows)
        points = outputs[cells, end:].reshape(len(cells), 3, self.skeletons.most).transpose(0, 2, 1)
        return Poses(boxes, points, self.skeletons)


def _around(points: np.ndarray) -> list[float]:
    """Returns the box around the points that are there, with a margin; shape (points, 3) to xyxy."""
    there = points[points[:, 2] > 0, :2]
    low, high = there.min(axis=0), there.max(axis=0)
    margin = max(float((high - low).max()) * _MARGIN, 1.0)
    return [*(low - margin).tolist(), *(high + margin).tolist()]
