"""The points that things of each class have."""

from collections.abc import Sequence

import numpy as np

from training.engine.data.version import LabelClass

_SIGMA = 0.05  # of points whose spread nobody has measured
# How far people's labels of each point lie apart, as a share of the root of the area (https://cocodataset.org/#keypoints-eval).
_PERSON = {
    "nose": 0.026, "eye": 0.025, "ear": 0.035, "shoulder": 0.079, "elbow": 0.072, "wrist": 0.062, "hip": 0.107,
    "knee": 0.087, "ankle": 0.089,
}  # fmt: skip
_PERSON_POINTS = (
    "nose", *(f"{side}_{name}" for name in list(_PERSON)[1:] for side in ("left", "right")),
)  # fmt: skip


class Skeletons:
    """What the points of each class are, padded to those of the class with the most.

    Args:
        classes: in the order of their indices.

    Attributes:
        counts: points of each class, zero where it has no skeleton; shape (classes,).
        sigmas: how far points may lie from their labels, as COCO counts it: its own for its person of 17 points, 0.05
            for all others; shape (classes, points).
        partners: which point each becomes in a mirror, by the pairs that the skeleton names; shape (classes, points).
    """

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        names = [[point["name"] for point in each.skeleton.get("points", ())] for each in classes]
        self.counts = np.array([len(each) for each in names], np.int64)
        self.most = int(self.counts.max(initial=0))
        self.sigmas = np.full((len(names), self.most), _SIGMA)
        self.partners = np.tile(np.arange(self.most), (len(names), 1))
        for place, (each, own) in enumerate(zip(classes, names, strict=True)):
            if tuple(own) == _PERSON_POINTS:
                self.sigmas[place, : len(own)] = [_PERSON[name.split("_")[-1]] for name in own]
            for one, other in each.skeleton.get("flip", ()):
                self.partners[place, [one, other]] = [other, one]
