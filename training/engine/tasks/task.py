"""What every task can do; the rest of the engine knows tasks by these verbs alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.data.windows import View

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec


@dataclass(frozen=True)
class Labels:
    """What a task can learn from in a version.

    Args:
        images: the images with a usable label.
        targets: one entry an image; what an entry is, is the task's affair. Places are in pixels of the upright image.
        unlabelled: images left out because they have no label of this task.
    """

    images: list[ImageRow]
    targets: np.ndarray
    unlabelled: int


class Task(Protocol):
    """One kind of thing a model can learn.

    Tasks are made from the classes of a version, in whose order a model's outputs stand. A **target** is what is to be
    found on an image, a **prediction** what a model finds there; both are entries of arrays, and places in both are
    moved alike.
    """

    name: str
    head: str  # the file under zoo/heads that turns features into answers
    monitor: str
    fewest_classes: int  # with training images, for anything to be learnt
    classes: Sequence[LabelClass]

    def frame(self, image_size: int, images: Sequence[ImageRow]) -> Frame:
        """Returns the size of a model's input whose longest edge is `image_size`, for these images."""

    def targets(self, version: Version) -> Labels:
        """Returns the images to learn from and their targets.

        Raises:
            EngineError: the labels contradict the task.
        """

    def moved(self, target: Any, matrix: np.ndarray, frame: Frame) -> Any:
        """Returns a target or a prediction where a map has taken it, cut off at the edges of the frame.

        Args:
            target: one entry.
            matrix: affine, shape (3, 3), of places in pixels from the outer edges.
            frame: the canvas on which it lies afterwards.
        """

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns several targets, whose places are on the frame, as the loss takes them.

        Where targets are of images as a whole, they are rows of shares, and any mixture of them is one as well.
        """

    def told(self, target: Any) -> list[dict[str, Any]]:
        """Returns what a target says: `class_id`, `score`, and `shape` and `geometry` of what has a place."""

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns how often each class is there, shape (classes,)."""

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns how much each sample counts in training, with a mean of one; shape (samples,)."""

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns the loss, which takes encoded targets and raw outputs (logits)."""

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns what is reported of every training step, besides the loss."""

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the predictions in a model's outputs for several images, one entry an image, on the frame."""

    def scores(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
        """Returns the figures of one epoch's look at the validation images, besides the loss."""

    def first_settings(self) -> dict[str, Any]:
        """Returns what `settings` would choose, where there are no validation images to choose by."""

    def settings(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, Any]:
        """Returns what has to be chosen after training, on validation images: a threshold, as a rule."""

    def decode(self, prediction: Any, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns what one image's prediction says, best first, at most `top`.

        Args:
            prediction: one entry.
            settings: as `settings` gave them.
            top: how many at most.
        """

    def canvas(self, size: Frame) -> Frame:
        """Returns the size on which answers are drawn for an image of this size, in whose pixels they are told."""

    def draw(self, truth: Any, prediction: Any, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns what is drawn of one image: few and small things.

        Args:
            truth: one target, with places on the canvas.
            prediction: one entry, with places on the canvas.
            settings: as `settings` gave them.

        Returns:
            `truth` and `found`, lists of `class_id`, `score`, `shape` and `geometry`, each as far as it applies, and
            `agreement`: how far the two agree, 0..1.
        """

    def uncertainty(self, predictions: np.ndarray) -> np.ndarray:
        """Returns how undecided each prediction is, shape (samples,), 0..1."""

    def evaluate(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns the section of metrics.json for one split."""

    def agreement(self, predictions: np.ndarray, others: np.ndarray, settings: dict[str, Any]) -> float:
        """Returns how far two models decide alike on the same images, 0..1.

        Args:
            predictions: of one, one entry an image.
            others: of the other.
            settings: as `settings` gave them.
        """

    def rows(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns columns for predictions.parquet, one entry a sample."""


class PlacedTask(Task, Protocol):
    """A task whose answers have places, so that pieces of images can be put beside and over each other."""

    def joined(self, targets: Sequence[Any], corners: Sequence[tuple[int, int]], frame: Frame) -> Any:
        """Returns the target of a frame that is covered by several pieces.

        Args:
            targets: of each piece, with places on that piece alone.
            corners: left and top of each piece on the frame, in pixels.
            frame: the canvas that they cover.
        """

    def gathered(self, outputs: np.ndarray, views: Sequence[View], frame: Frame, size: Frame) -> Any:
        """Returns the prediction of one image that was looked at through several windows, in its pixels.

        Args:
            outputs: of the model for each of them, with the views first.
            views: where they lie.
            frame: the size of the model's input.
            size: of the image.
        """


def class_weights(counts: np.ndarray) -> np.ndarray:
    """Returns weights in inverse proportion to the images of a class, shape (classes,).

    They are capped at ten times the smallest, so that one stray image cannot rule the gradient.
    """
    weights = 1 / np.maximum(counts, 1)
    return np.minimum(weights, 10 * weights.min())
