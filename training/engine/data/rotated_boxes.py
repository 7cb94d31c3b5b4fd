"""Turned boxes with classes on one image, as labels or as what a model has found."""

from dataclasses import dataclass
from typing import Any, ClassVar

import cv2
import numpy as np

from training.engine.data.boxes import Boxes, iou

_LEAST_SEEN = 0.25  # of a box's area: less of it says too little of what it is
_LEAST_EDGE = 1.0  # pixels


@dataclass(frozen=True)
class RotatedBoxes:
    """What lies where, and how it is turned.

    Args:
        centres: x and y in pixels from the outer edges; shape (n, 2), float32.
        sizes: width and height before turning, in pixels; shape (n, 2), float32.
        angles: radians, clockwise on screen, about the centre; shape (n,), float32. Half a turn changes nothing.
        classes: index of the class of each; shape (n,), int32.
        scores: how sure a model is of each, 0..1; ones where they are labels. Shape (n,), float32.
    """

    centres: np.ndarray
    sizes: np.ndarray
    angles: np.ndarray
    classes: np.ndarray
    scores: np.ndarray
    shape: ClassVar[str] = "rotated_box"
    most: ClassVar[int] = 100

    @classmethod
    def of(cls, boxes: "np.ndarray | list", classes: "np.ndarray | list") -> "RotatedBoxes":
        """Returns labels from rows of centre x, centre y, width, height and angle.

        Example:
            >>> RotatedBoxes.of([[5, 5, 4, 2, 0.5]], [1]).areas.tolist()
            [8.0]
        """
        rows = np.asarray(boxes, np.float32).reshape(-1, 5)
        ones = np.ones(len(rows), np.float32)
        return cls(rows[:, :2], rows[:, 2:4], rows[:, 4], np.asarray(classes, np.int32).reshape(-1), ones)

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def areas(self) -> np.ndarray:
        """Shape (n,), in square pixels."""
        return self.sizes.prod(axis=1)

    @property
    def corners(self) -> np.ndarray:
        """Shape (n, 4, 2), clockwise on screen."""
        across, down = self._axes(np.eye(2))
        return self.centres[:, None] + np.stack([-across - down, across - down, across + down, down - across], axis=1)

    @property
    def boxes(self) -> Boxes:
        """The upright boxes around them."""
        corners = self.corners
        xyxy = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1).astype(np.float32)
        return Boxes(xyxy.reshape(-1, 4), self.classes, self.scores)

    def _axes(self, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Returns from the centres to the middles of the right and of the lower sides, as a matrix takes them."""
        cosine, sine = np.cos(self.angles), np.sin(self.angles)
        across = np.stack([cosine, sine], axis=1) * self.sizes[:, :1] / 2
        down = np.stack([-sine, cosine], axis=1) * self.sizes[:, 1:] / 2
        return across @ matrix.T, down @ matrix.T

    def only(self, chosen: np.ndarray) -> "RotatedBoxes":
        """Returns some of them, by mask or by position."""
        columns = (self.centres, self.sizes, self.angles, self.classes, self.scores)
        return RotatedBoxes(*(each[chosen] for each in columns))

    def mapped(self, matrix: np.ndarray) -> "RotatedBoxes":
        """Returns the boxes where a map takes them.

        What slants them is left out: the longer side keeps its direction and length, and the box its area.

        Args:
            matrix: affine, shape (3, 3), of places in pixels from the outer edges.
        """
        centres = self.centres @ matrix[:2, :2].T + matrix[:2, 2]
        across, down = self._axes(matrix[:2, :2])
        areas = 4 * np.abs(across[:, 0] * down[:, 1] - across[:, 1] * down[:, 0])
        wide, high = 2 * np.linalg.norm(across, axis=1), 2 * np.linalg.norm(down, axis=1)
        lying = wide >= high
        angles = np.where(lying, np.arctan2(across[:, 1], across[:, 0]), np.arctan2(-down[:, 0], down[:, 1])) % np.pi
        longer = np.maximum(np.where(lying, wide, high), 1e-6)
        sizes = np.where(lying[:, None], np.stack([longer, areas / longer], 1), np.stack([areas / longer, longer], 1))
        centres, sizes, angles = (each.astype(np.float32) for each in (centres, sizes, angles))
        return RotatedBoxes(centres, sizes, angles, self.classes, self.scores)

    def inside(self, height: int, width: int) -> "RotatedBoxes":
        """Returns those of which enough lies on a canvas; they are not cut off, for then they were no boxes."""
        canvas = RotatedBoxes.of([[width / 2, height / 2, width, height, 0]], [0])
        shared = self.shared(canvas)[:, 0]
        return self.only((self.sizes.min(axis=1, initial=np.inf) >= _LEAST_EDGE) & (shared >= _LEAST_SEEN * self.areas))

    def overlaps(self, labels: "RotatedBoxes") -> np.ndarray:
        """Returns the IoU of each with each label, shape (n, labels), 0..1."""
        shared = self.shared(labels)
        return shared / np.maximum(self.areas[:, None] + labels.areas[None] - shared, 1e-9)

    def shared(self, others: "RotatedBoxes") -> np.ndarray:
        """Returns the area that each has in common with each of others, in square pixels; shape (n, others)."""
        areas = np.zeros((len(self), len(others)))
        # Most pairs lie apart, and their upright boxes tell so.
        for first, second in np.argwhere(iou(self.boxes.xyxy, others.boxes.xyxy) > 0):
            areas[first, second] = _shared(self._rectangle(first), others._rectangle(second))
        return areas

    def _rectangle(self, place: int) -> tuple[np.ndarray, np.ndarray, float]:
        return self.centres[place], self.sizes[place], float(np.rad2deg(self.angles[place]))

    def geometry(self, place: int) -> dict[str, Any]:
        """Returns one of them as annotations have it, in pixels and degrees."""
        (x, y), (width, height) = self.centres[place].tolist(), self.sizes[place].tolist()
        angle = float(np.rad2deg(self.angles[place]) % 180)
        box = [round(each, 2) for each in (x - width / 2, y - height / 2, width, height)]
        return {"box": box, "angle": round(angle, 2)}


def _shared(first: tuple[np.ndarray, np.ndarray, float], second: tuple[np.ndarray, np.ndarray, float]) -> float:
    # About the first's centre: OpenCV computes in single precision.
    one = (0.0, 0.0), first[1].tolist(), first[2]
    other = (second[0] - first[0]).tolist(), second[1].tolist(), second[2]
    kind, points = cv2.rotatedRectangleIntersection(one, other)
    return 0.0 if kind == cv2.INTERSECT_NONE or points is None else float(cv2.contourArea(cv2.convexHull(points)))
