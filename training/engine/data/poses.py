"""Things with named points on one image, as labels or as what a model has found."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.skeletons import Skeletons

_THERE = 0.5  # how sure a model is of a point from which on it is shown


@dataclass(frozen=True)
class Poses:
    """What lies where, and where its points are.

    Args:
        boxes: around them, with classes and scores.
        points: x and y in pixels from the outer edges, and how sure it is that the point is there, 0..1 (labels know);
            shape (n, most points of any class, 3), float32.
        skeletons: what the points of each class are.
    """

    boxes: Boxes
    points: np.ndarray
    skeletons: Skeletons
    shape: ClassVar[str] = "keypoints"
    most: ClassVar[int] = 20

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def classes(self) -> np.ndarray:
        """Index of the class of each; shape (n,), int32."""
        return self.boxes.classes

    @property
    def scores(self) -> np.ndarray:
        """How sure a model is of each, 0..1; shape (n,), float32."""
        return self.boxes.scores

    @property
    def areas(self) -> np.ndarray:
        """Of the boxes; shape (n,), in square pixels."""
        return self.boxes.areas

    def only(self, chosen: np.ndarray) -> "Poses":
        """Returns some of them, by mask or by position."""
        return Poses(self.boxes.only(chosen), self.points[chosen], self.skeletons)

    def mapped(self, matrix: np.ndarray) -> "Poses":
        """Returns them where a map takes them; what mirrors them makes left points right ones, and the reverse.

        Args:
            matrix: affine, shape (3, 3), of places in pixels from the outer edges.
        """
        points = self.points.copy()
        points[..., :2] = points[..., :2] @ matrix[:2, :2].T + matrix[:2, 2]
        if np.linalg.det(matrix[:2, :2]) < 0:
            partners = self.skeletons.partners[self.classes]
            points = np.take_along_axis(points, partners[..., None], axis=1)
        return Poses(self.boxes.mapped(matrix), points.astype(np.float32), self.skeletons)

    def inside(self, height: int, width: int) -> "Poses":
        """Returns what of them lies on a canvas: points beyond its edges are not there, nor things without points."""
        limits = np.array([width, height])
        outside = ((self.points[..., :2] < 0) | (self.points[..., :2] > limits)).any(axis=-1)
        points = self.points.copy()
        points[outside, 2] = 0
        seen = self.boxes.seen(height, width) & (points[..., 2] > 0).any(axis=1)
        return Poses(self.boxes.cut(height, width), points, self.skeletons).only(seen)

    def overlaps(self, labels: "Poses") -> np.ndarray:
        """Returns the object keypoint similarity of each with each label, as COCO counts it; shape (n, labels), 0..1.

        The area of a label is that of its box.
        """
        there = labels.points[..., 2] > 0
        square = np.square(self.points[:, None, :, :2].astype(np.float64) - labels.points[None, :, :, :2]).sum(axis=-1)
        variances = np.square(2 * self.skeletons.sigmas[labels.classes])
        areas = labels.areas.astype(np.float64)[:, None] + np.spacing(1)
        likeness = np.exp(-square / (2 * variances * areas)[None]) * there
        return likeness.sum(axis=-1) / np.maximum(there.sum(axis=-1), 1)

    def geometry(self, place: int) -> dict[str, Any]:
        """Returns one of them as annotations have it, in pixels; the surest point is there in any case."""
        points = self.points[place, : self.skeletons.counts[self.classes[place]]]
        there = points[:, 2] >= min(_THERE, points[:, 2].max())
        told = zip(points[:, :2].tolist(), there.tolist(), strict=True)
        return {"points": [[round(x, 2), round(y, 2), 2] if seen else [0, 0, 0] for (x, y), seen in told]}
