"""What every task can do; the rest of the engine knows tasks by these verbs alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.spec import ResolvedSpec

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Labels:
    """What a task can learn from in a version.

    Args:
        images: the images with a usable label.
        targets: one row an image; what a row is, is the task's affair.
        unlabelled: images left out because they have no label of this task.
    """

    images: list[ImageRow]
    targets: np.ndarray
    unlabelled: int


class Task(Protocol):
    """One kind of thing a model can learn.

    Tasks are made from the classes of a version, in whose order a model's outputs stand.
    """

    name: str
    activation: str
    monitor: str
    classes: Sequence[LabelClass]

    def targets(self, version: Version) -> Labels:
        """Returns the images to learn from and their targets.

        Raises:
            EngineError: the labels contradict the task.
        """

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the images of each class, shape (classes,)."""

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns how much each sample counts in training, with a mean of one; shape (samples,)."""

    def loss(self, spec: ResolvedSpec) -> "keras.losses.Loss":
        """Returns the loss, which takes targets and raw outputs (logits)."""

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns what is reported of every training step, besides the loss."""

    def scores(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
        """Returns the figures of one epoch's look at the validation images, besides the loss.

        Args:
            targets: as `targets` gave them.
            outputs: probabilities, shape (samples, classes).
        """

    def settings(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, Any]:
        """Returns what has to be chosen after training, on validation images: a threshold, as a rule."""

    def decode(self, output: np.ndarray, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns one image's predictions, best first, at most `top`.

        Args:
            output: probabilities, shape (classes,).
            settings: as `settings` gave them.
            top: how many at most.
        """

    def uncertainty(self, outputs: np.ndarray) -> np.ndarray:
        """Returns how undecided each prediction is, shape (samples,), 0..1."""

    def evaluate(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns the section of metrics.json for one split."""

    def rows(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns columns for predictions.parquet, one entry a sample."""


def class_weights(counts: np.ndarray) -> np.ndarray:
    """Returns weights in inverse proportion to the images of a class, shape (classes,).

    They are capped at ten times the smallest, so that one stray image cannot rule the gradient.
    """
    weights = 1 / np.maximum(counts, 1)
    return np.minimum(weights, 10 * weights.min())
