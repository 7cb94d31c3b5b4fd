"""What tasks have in common that find things, whatever kind of shape these have."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame, fitted
from training.engine.data.things import Things
from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.errors import EngineError
from training.engine.metrics.matching import matched
from training.engine.tasks.detection_rows import detection_rows
from training.engine.tasks.task import Labels

if TYPE_CHECKING:
    import keras

_MOST_DRAWN = 60  # things on one image among many
_TOLD = 0.1  # score below which an answer says nothing about how undecided a model is


class Finding:
    """Targets and predictions are `Things` of some kind.

    Finished images without one are learnt from as well: there, nothing is to be found.

    Args:
        classes: in the order of the model's outputs.
    """

    monitor = "val_map"
    fewest_classes = 1
    wanted: str  # the shapes that it learns from, as people call them

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        self.classes = classes
        self._index = {item.id: index for index, item in enumerate(classes)}

    def frame(self, image_size: int, images: Sequence[ImageRow]) -> Frame:
        """Returns a frame of the images' own proportions, so that little of it is bars."""
        return fitted(image_size, [(image.width, image.height) for image in images])

    def targets(self, version: Version) -> Labels:
        """Returns the images with such things, and those that are known to have none."""
        there = [(image, self._things(image)) for image in version.images]
        known = [(image, things) for image, things in there if len(things) or image.finished]
        if not any(len(things) for _image, things in known):
            raise EngineError(
                "too_few_images",
                f"There are no {self.wanted} in this version.",
                "Draw some, or train another task, and freeze a new version.",
            )
        images, targets = [image for image, _things in known], as_entries([things for _image, things in known])
        return Labels(images, targets, len(there) - len(known))

    def _things(self, image: ImageRow) -> Things:
        """Returns what is to be found on an image, in its pixels."""
        raise NotImplementedError

    def moved(self, target: Any, matrix: np.ndarray, frame: Frame) -> Any:
        """Returns things where a map has taken them."""
        return target.mapped(matrix).inside(frame.height, frame.width)

    def told(self, target: Things) -> list[dict[str, Any]]:
        """Returns the things."""
        return [{**_outlined(each), "score": each["score"]} for each in self.decode(target, {}, len(target))]

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the things of each class."""
        return np.bincount(np.concatenate([each.classes for each in targets]), minlength=len(self.classes))

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns ones: images hold things of several classes."""
        return np.ones(len(targets), np.float32)

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns nothing: what an answer is worth shows when all of them are known."""
        return []

    def scores(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
        """Returns mean average precision, over overlaps 0.50:0.95 and at 0.5."""
        from training.engine.metrics.detections import mean_average_precision

        over_all, at_half = mean_average_precision(list(targets), list(predictions), len(self.classes))
        return {"map": over_all, "map50": at_half}

    def first_settings(self) -> dict[str, Any]:
        """Returns a score of one half as the threshold."""
        return {"threshold": 0.5}

    def settings(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, Any]:
        """Returns the score with the best F1 of answers in the right place."""
        from training.engine.metrics.score_threshold import best_score

        return {"threshold": best_score(list(targets), list(predictions))}

    def decode(self, prediction: Things, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns the surest answers; `chosen` says whether one passes the threshold."""
        threshold = settings.get("threshold", 0.5)
        told = zip(prediction.classes.tolist(), prediction.scores.tolist(), strict=True)
        return [
            {
                "class": self.classes[label].name,
                "class_id": self.classes[label].id,
                "score": round(score, 6),
                "chosen": score >= threshold,
                "shape": prediction.shape,
                "geometry": prediction.geometry(place),
            }
            for place, (label, score) in enumerate(told)
            if place < top
        ]

    def canvas(self, size: Frame) -> Frame:
        """Returns the size of the image."""
        return size

    def draw(self, truth: Any, prediction: Any, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns what is there and what passes the threshold, with what is wrong about it.

        They agree by their panoptic quality (arXiv:1801.00868): overlaps of the right ones, by all of either.
        """
        passing = prediction.only(prediction.scores >= settings.get("threshold", 0.5))
        match = matched(truth, passing)
        right = np.array([kind == "right" for kind in match.kind], bool)
        either = (len(truth) + len(passing)) / 2
        told = self.decode(passing, settings, _MOST_DRAWN)
        return {
            "truth": [_outlined(each) for each in self.decode(truth, settings, _MOST_DRAWN)],
            "found": [
                {**_outlined(each), "score": round(each["score"], 3), "kind": kind}
                for each, kind in zip(told, match.kind, strict=False)
            ],
            "agreement": round(float(match.overlap[right].sum() / either), 4) if either else 1.0,
        }

    def uncertainty(self, predictions: np.ndarray) -> np.ndarray:
        """Returns how near to one half the scores are, on average over the answers that say anything."""
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

    def agreement(self, predictions: np.ndarray, others: np.ndarray, settings: dict[str, Any]) -> float:
        """Returns the share of answers above the threshold that both have: of one class, and in the same place."""
        threshold = settings.get("threshold", 0.5)
        both = every = 0
        for one, other in zip(predictions, others, strict=True):
            first, second = one.only(one.scores >= threshold), other.only(other.scores >= threshold)
            both += 2 * matched(first, second).kind.count("right")
            every += len(first) + len(second)
        return both / every if every else 1.0


def _outlined(decoded: dict[str, Any]) -> dict[str, Any]:
    """Returns of a decoded answer what it takes to draw it."""
    return {name: decoded[name] for name in ("class_id", "shape", "geometry")}
