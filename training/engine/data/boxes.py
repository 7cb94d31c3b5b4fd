"""Boxes with classes on one image, as labels or as what a model has found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

_LEAST_SEEN = 0.25  # of a box's area: less of it says too little of what it is
_LEAST_EDGE = 1.0  # pixels


@dataclass(frozen=True)
class Boxes:
    """What lies where.

    Args:
        xyxy: left, top, right and bottom from the outer edges, in pixels; shape (n, 4), float32.
        classes: index of the class of each; shape (n,), int32.
        scores: how sure a model is of each, 0..1; ones where they are labels. Shape (n,), float32.
    """

    xyxy: np.ndarray
    classes: np.ndarray
    scores: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    shape: ClassVar[str] = "box"
    most: ClassVar[int] = 100

    @classmethod
    def of(cls, xyxy: "np.ndarray | list", classes: "np.ndarray | list") -> "Boxes":
        """Returns labels from lists of corners and class indices.

        Example:
            >>> Boxes.of([[0, 0, 4, 2]], [1]).areas.tolist()
            [8.0]
        """
        corners = np.asarray(xyxy, np.float32).reshape(-1, 4)
        return cls(corners, np.asarray(classes, np.int32).reshape(-1), np.ones(len(corners), np.float32))

    @classmethod
    def of_all(cls, several: "Sequence[Boxes]") -> "Boxes":
        """Returns what is in any of some sets, at least one, as one set."""
        return cls(
            *(np.concatenate([getattr(each, name) for each in several]) for name in ("xyxy", "classes", "scores"))
        )

    def __len__(self) -> int:
        return len(self.xyxy)

    @property
    def areas(self) -> np.ndarray:
        """Shape (n,), in square pixels."""
        return np.maximum(self.xyxy[:, 2] - self.xyxy[:, 0], 0) * np.maximum(self.xyxy[:, 3] - self.xyxy[:, 1], 0)

    def only(self, chosen: np.ndarray) -> "Boxes":
        """Returns some of them, by mask or by position."""
        return Boxes(self.xyxy[chosen], self.classes[chosen], self.scores[chosen])

    def mapped(self, matrix: np.ndarray) -> "Boxes":
        """Returns the boxes around where a map takes them.

        Args:
            matrix: affine, shape (3, 3), of places in pixels from the outer edges.
        """
        left, top, right, bottom = self.xyxy.T
        corners = np.stack([[left, top], [right, top], [right, bottom], [left, bottom]])  # (4, 2, n)
        moved = np.einsum("ij,cjn->cin", matrix[:2, :2], corners) + matrix[:2, 2][None, :, None]
        xyxy = np.concatenate([moved.min(axis=0), moved.max(axis=0)]).T.astype(np.float32)
        return Boxes(xyxy, self.classes, self.scores)

    def inside(self, height: float, width: float) -> "Boxes":
        """Returns what of them lies on a canvas; those of which too little is left are gone."""
        return self.cut(height, width).only(self.seen(height, width))

    def seen(self, height: float, width: float) -> np.ndarray:
        """Returns of which of them enough lies on a canvas; shape (n,), bool."""
        cut = self.cut(height, width)
        edges = cut.xyxy[:, 2:] - cut.xyxy[:, :2]
        return (edges.min(axis=1, initial=np.inf) >= _LEAST_EDGE) & (cut.areas >= _LEAST_SEEN * self.areas)

    def cut(self, height: float, width: float) -> "Boxes":
        """Returns them cut off at the edges of a canvas."""
        corners = np.clip(self.xyxy, 0, [width, height, width, height]).astype(np.float32)
        return Boxes(corners, self.classes, self.scores)

    def overlaps(self, labels: "Boxes") -> np.ndarray:
        """Returns the IoU of each with each label, shape (n, labels), 0..1."""
        return iou(self.xyxy, labels.xyxy)

    def geometry(self, place: int) -> dict[str, Any]:
        """Returns one of them as annotations have it, in pixels."""
        left, top, right, bottom = self.xyxy[place].tolist()
        return {"box": [round(each, 2) for each in (left, top, right - left, bottom - top)]}


def iou(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Returns the overlap of every box of one set with every box of another, 0..1.

    Args:
        first: xyxy, shape (n, 4).
        second: xyxy, shape (m, 4).

    Returns:
        Shape (n, m).

    Example:
        >>> iou(np.array([[0, 0, 2, 2]]), np.array([[0, 0, 2, 1], [5, 5, 6, 6]])).tolist()
        [[0.5, 0.0]]
    """
    first, second = first.astype(np.float64), second.astype(np.float64)
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.maximum(high - low, 0).prod(axis=2)
    areas = [np.maximum(each[:, 2:] - each[:, :2], 0).prod(axis=1) for each in (first, second)]
    return shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9)
