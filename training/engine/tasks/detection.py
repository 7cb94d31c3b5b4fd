"""Boxes around things."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.bounds import bounds
from training.engine.data.boxes import Boxes
from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame, fitted
from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.errors import EngineError
from training.engine.spec import ResolvedSpec
from training.engine.tasks.detection_rows import detection_rows
from training.engine.tasks.task import Labels

if TYPE_CHECKING:
    import keras

_TOLD = 0.1  # score below which a box says nothing about how undecided a model is


class Detection:
    """Object detection: targets and predictions are `Boxes`.

    Any shape is learnt as the box around it. Finished images without one are learnt from as well: there, nothing is to
    be found.

    Args:
        classes: in the order of the model's outputs.
    """

    name = "detection"
    head = "detector"
    monitor = "val_map"
    fewest_classes = 1

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        self.classes = classes
        self._index = {item.id: index for index, item in enumerate(classes)}

    def frame(self, image_size: int, images: Sequence[ImageRow]) -> Frame:
        """Returns a frame of the images' own proportions, so that little of it is bars."""
        return fitted(image_size, [(image.width, image.height) for image in images])

    def targets(self, version: Version) -> Labels:
        """Returns the images with boxes, and those that are known to have none."""
        found = [(image, self._boxes(image)) for image in version.images]
        images = [image for image, boxes in found if len(boxes) or image.finished]
        boxes = [boxes for image, boxes in found if len(boxes) or image.finished]
        if not any(len(each) for each in boxes):
            raise EngineError(
                "too_few_images",
                "There are no boxes or other shapes in this version.",
                "Draw some, or train a classification, and freeze a new version.",
            )
        return Labels(images, as_entries(boxes), len(found) - len(images))

    def _boxes(self, image: ImageRow) -> Boxes:
        known = [each for each in image.annotations if each.class_id in self._index]
        around = [(bounds(each.shape, each.geometry), self._index[each.class_id]) for each in known]
        there = [(box, label) for box, label in around if box is not None]
        boxes = Boxes.of([box for box, _label in there], [label for _box, label in there])
        return boxes.inside(image.height, image.width)

    def moved(self, target: Boxes, matrix: np.ndarray, frame: Frame) -> Boxes:
        """Returns the boxes around where a map has taken them."""
        return target.mapped(matrix).inside(frame.height, frame.width)

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns heat, reach and weight of every cell; see `centres`."""
        from training.engine.encode.centres import centres
        from training.engine.zoo.heads.detector import STRIDE

        return centres(list(targets), frame, len(self.classes), STRIDE)

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the boxes of each class."""
        return np.bincount(np.concatenate([each.classes for each in targets]), minlength=len(self.classes))

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns ones: images hold things of several classes."""
        return np.ones(len(targets), np.float32)

    def loss(self, spec: ResolvedSpec) -> "keras.losses.Loss":
        """Returns the focal loss of centres and the generalised IoU of boxes."""
        from training.engine.losses.detection_loss import DetectionLoss

        return DetectionLoss(len(self.classes))

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns nothing: what a box is worth shows when all of them are known."""
        return []

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the boxes found on each image."""
        from training.engine.data.found import found
        from training.engine.zoo.heads.detector import STRIDE

        return as_entries([found(each, frame.height // STRIDE) for each in outputs])

    def scores(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
        """Returns mean average precision, over IoU 0.50:0.95 and at 0.5."""
        from training.engine.metrics.detections import mean_average_precision

        over_all, at_half = mean_average_precision(list(targets), list(predictions), len(self.classes))
        return {"map": over_all, "map50": at_half}

    def first_settings(self) -> dict[str, Any]:
        """Returns a score of one half as the threshold."""
        return {"threshold": 0.5}

    def settings(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, Any]:
        """Returns the score with the best F1 of boxes in the right place."""
        from training.engine.metrics.box_threshold import best_score

        return {"threshold": best_score(list(targets), list(predictions))}

    def decode(self, prediction: Boxes, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns the surest boxes; `chosen` says whether one passes the threshold."""
        threshold = settings.get("threshold", 0.5)
        return [
            {
                "class": self.classes[label].name,
                "class_id": self.classes[label].id,
                "score": round(score, 6),
                "chosen": score >= threshold,
                "shape": "box",
                "geometry": {"box": [round(left, 2), round(top_, 2), round(right - left, 2), round(bottom - top_, 2)]},
            }
            for (left, top_, right, bottom), label, score in zip(
                prediction.xyxy.tolist(), prediction.classes.tolist(), prediction.scores.tolist(), strict=True
            )
        ][:top]

    def uncertainty(self, predictions: np.ndarray) -> np.ndarray:
        """Returns how near to one half the scores are, on average over the boxes that say anything."""
        told = [each.scores[each.scores >= _TOLD] for each in predictions]
        return np.array([1 - np.abs(2 * scores - 1).mean() if len(scores) else 0.0 for scores in told])

    def evaluate(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns COCO's figures and, at the threshold, precision, recall, confusion and kinds of error."""
        from training.engine.evaluation.detection import detection_section

        threshold = settings.get("threshold", 0.5)
        return detection_section(self.classes, list(targets), list(predictions), threshold)

    def rows(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns what was there and what was found, with what is wrong about it."""
        return detection_rows(self.classes, list(targets), list(predictions), settings.get("threshold", 0.5))
