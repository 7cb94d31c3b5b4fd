"""Things with a mask each on one image, as labels or as what a model has found."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame
from training.engine.data.patch import Patch
from training.engine.data.rasterise import runs_of


@dataclass(frozen=True)
class Instances:
    """What lies where, pixel by pixel.

    Args:
        patches: a mask each.
        classes: index of the class of each; shape (n,), int32.
        scores: how sure a model is of each, 0..1; ones where they are labels. Shape (n,), float32.
        canvas: on which they lie.
    """

    patches: tuple[Patch, ...]
    classes: np.ndarray
    scores: np.ndarray
    canvas: Frame = field(default=Frame(1, 1))
    shape: ClassVar[str] = "mask"
    most: ClassVar[int] = 100

    @classmethod
    def of(cls, patches: Sequence[Patch], classes: Sequence[int], canvas: Frame) -> "Instances":
        """Returns labels."""
        return cls(tuple(patches), np.asarray(classes, np.int32), np.ones(len(patches), np.float32), canvas)

    def __len__(self) -> int:
        return len(self.patches)

    @cached_property
    def boxes(self) -> Boxes:
        """The boxes around them."""
        corners = np.array([each.bounds for each in self.patches], np.float32).reshape(-1, 4)
        return Boxes(corners, self.classes, self.scores)

    @cached_property
    def _runs(self) -> list[dict[str, Any]]:
        """As pycocotools packs masks."""
        from pycocotools import mask as coco  # figures are for training alone

        return [coco.frPyObjects(self.geometry(place), *self.canvas) for place in range(len(self))]

    @property
    def areas(self) -> np.ndarray:
        """Shape (n,), in pixels."""
        from pycocotools import mask as coco  # figures are for training alone

        return coco.area(self._runs).astype(np.float64) if len(self) else np.zeros(0)

    def only(self, chosen: np.ndarray) -> "Instances":
        """Returns some of them, by mask or by position."""
        places = np.arange(len(self))[chosen]
        part = Instances(
            tuple(self.patches[place] for place in places), self.classes[places], self.scores[places], self.canvas
        )
        if "_runs" in self.__dict__:  # drawn before: they stay what they are
            part.__dict__["_runs"] = [self._runs[place] for place in places]
        return part

    def mapped(self, matrix: np.ndarray) -> "Instances":
        """Returns them where a map takes them; `matrix` is affine, shape (3, 3)."""
        return replace(self, patches=tuple(each.mapped(matrix) for each in self.patches))

    def inside(self, height: int, width: int) -> "Instances":
        """Returns what of them lies on a canvas; those of which too little is left are gone."""
        seen = self.boxes.seen(height, width)
        return replace(self.only(seen), canvas=Frame(height, width))

    def overlaps(self, labels: "Instances") -> np.ndarray:
        """Returns the IoU of each mask with that of each label, as COCO counts it; shape (n, labels), 0..1."""
        if not len(self) or not len(labels):
            return np.zeros((len(self), len(labels)))
        from pycocotools import mask as coco  # figures are for training alone

        return coco.iou(self._runs, labels._runs, [0] * len(labels))

    def geometry(self, place: int) -> dict[str, Any]:
        """Returns one of them as annotations have it: runs of pixels."""
        inside, left, top = self.patches[place].drawn(self.canvas)
        return runs_of(inside, self.canvas, left, top)
