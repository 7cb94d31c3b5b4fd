"""Samples that are changed at random, and joined by others."""

from typing import Any, NamedTuple, cast

import cv2
import numpy as np

from training.engine.augment.company import Company
from training.engine.augment.pipeline import Pipeline
from training.engine.data.batch import Batch
from training.engine.data.frame import Frame, Placement
from training.engine.data.samples import Moment, Samples
from training.engine.tasks.task import PlacedTask, Task


class Changed(NamedTuple):
    """One changed image.

    Args:
        image: shape (height, width, 3), uint8.
        target: what is on it, with places on it.
        share: how much of the image that is, 0..1; less than one where another is mixed in.
        other: position of that other sample; None where there is none.
    """

    image: np.ndarray
    target: Any
    share: float = 1.0
    other: int | None = None


class AugmentedSamples(Samples):
    """Images and what is on them, changed at random; which others join one is chance as well.

    Args:
        samples: as they are.
        task: takes targets along.
        pipeline: how each image is changed.
        company: which others join it.
    """

    def __init__(self, samples: Samples, task: Task, pipeline: Pipeline, company: Company) -> None:
        super().__init__(samples.inputs, samples.targets, samples.encode, samples.weights)
        self._task = task
        self._pipeline = pipeline
        self._company = company

    def take(self, indices: np.ndarray, moment: Moment) -> Batch:
        """Returns changed images and their encoded targets; those of mixed images are mixed in the same proportion."""
        changed = [self.changed(int(index), moment) for index in indices]
        targets, weights = self.targets[indices], self.weights[indices]
        for place, each in enumerate(changed):
            targets[place] = each.target
        encoded = self.encode(targets)
        mixed = [(place, each.other, each.share) for place, each in enumerate(changed) if each.other is not None]
        if mixed:
            places, others, shares = (np.array(column) for column in zip(*mixed, strict=True))
            along = shares.astype(np.float32).reshape(-1, *[1] * (encoded.ndim - 1))
            encoded[places] = along * encoded[places] + (1 - along) * self.encode(self.targets[others])
            weights[places] = shares * weights[places] + (1 - shares) * self.weights[others]
        return Batch(np.stack([each.image for each in changed]), encoded, weights)

    def changed(self, index: int, moment: Moment) -> Changed:
        """Returns one changed sample, always the same for the same moment."""
        rng = np.random.default_rng([*moment, index])
        image, target = self._alone_or_beside(index, rng, moment.epoch)
        mix = self._company.within(rng)
        if mix is None:
            return Changed(image, target)
        other = int(rng.integers(len(self)))
        second, _target = self._alone_or_beside(other, rng, moment.epoch)
        image, share = mix(image, second, rng)
        return Changed(image, target, share, other)

    def _alone_or_beside(self, index: int, rng: np.random.Generator, epoch: int) -> tuple[np.ndarray, Any]:
        image, target = self.inputs[index], self.targets[index]
        frame = Frame(*image.shape[:2])
        placements = self._company.beside(rng, frame, epoch)
        if placements:
            members = [index, *(int(each) for each in rng.integers(len(self), size=len(placements) - 1))]
            image, target = self._beside_each_other(members, placements, frame)
        image, matrix = self._pipeline.change(image, rng)
        return image, self._task.moved(target, matrix, frame)

    def _beside_each_other(
        self, members: list[int], placements: list[Placement], frame: Frame
    ) -> tuple[np.ndarray, Any]:
        canvas, targets, corners = np.empty((*frame, 3), np.uint8), [], []
        for index, placement in zip(members, placements, strict=True):
            (left, top, wide, high), (x, y, width, height) = placement
            piece = self.inputs[index][top : top + high, left : left + wide]
            canvas[y : y + height, x : x + width] = cv2.resize(piece, (width, height), interpolation=cv2.INTER_AREA)
            there = Placement(placement.source, (0, 0, width, height))
            targets.append(self._task.moved(self.targets[index], there.matrix, Frame(height, width)))
            corners.append((x, y))
        # The spec has mosaics for such tasks alone.
        return canvas, cast(PlacedTask, self._task).joined(targets, corners, frame)
