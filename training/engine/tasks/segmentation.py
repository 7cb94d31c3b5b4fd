"""The class of every pixel."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.entries import as_entries, id_lists
from training.engine.data.frame import Frame, fitted
from training.engine.data.index_map import MOST_CLASSES, NOTHING, OUTSIDE, IndexMap
from training.engine.data.packed import packed
from training.engine.data.version import ImageRow, LabelClass, Version
from training.engine.data.windows import View
from training.engine.errors import EngineError
from training.engine.metrics.segmentation_report import SegmentationReport, pixel_table, segmentation_report
from training.engine.tasks.task import Labels

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec

_RIGHT = 0.9  # share of an image's pixels from which on an answer passes as right
_MOST_DRAWN = 160  # pixels of a drawn map's longest edge
_MOST_IN_TABLE = 2000  # images of a split whose maps are kept: some kilobytes each
_COVERED = 0.95  # of the pixels: what is left over is no class of its own, but was not labelled


class Segmentation:
    """Semantic segmentation: targets and predictions are `IndexMap`s.

    Where shapes lie on each other, the highest counts. Pixels without one are learnt as background, which models know
    as one class more, the last; but where shapes cover nearly all pixels of a version, the others do not count.

    Args:
        classes: in the order of the model's outputs.
    """

    name = "segmentation"
    head = "segmenter"
    monitor = "val_miou"
    fewest_classes = 1

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        self.classes = classes
        self._index = {item.id: index for index, item in enumerate(classes)}
        self._pixels = np.ones(len(classes) + 1)
        self._background = True

    def frame(self, image_size: int, images: Sequence[ImageRow]) -> Frame:
        """Returns a frame of the images' own proportions, so that little of it is bars."""
        return fitted(image_size, [(image.width, image.height) for image in images])

    def targets(self, version: Version) -> Labels:
        """Returns the images with a shape that has an area, and the class of each of their pixels."""
        if len(self.classes) > MOST_CLASSES:
            raise EngineError(
                "too_many_classes",
                f"A segmentation can tell at most {MOST_CLASSES} classes apart; this version has {len(self.classes)}.",
                "Merge some of them, and freeze a new version.",
            )
        images, maps = [], []
        pixels = np.zeros(OUTSIDE + 1, np.int64)
        for image in version.images:
            drawn = self._drawn(image)
            if (drawn != NOTHING).any():
                images.append(image)
                maps.append(IndexMap.of(drawn))
                pixels += np.bincount(drawn.reshape(-1), minlength=OUTSIDE + 1) if image.split == "train" else 0
        if not maps:
            raise EngineError(
                "too_few_images",
                "There are no polygons, masks or other shapes with an area in this version.",
                "Draw some, or train a classification, and freeze a new version.",
            )
        self._background = bool(pixels[NOTHING] > (1 - _COVERED) * pixels.sum())
        self._pixels = np.append(pixels[: len(self.classes)], pixels[NOTHING] if self._background else 0)
        return Labels(images, as_entries(maps), len(version.images) - len(images))

    def _drawn(self, image: ImageRow) -> np.ndarray:
        from training.engine.data.rasterise import rasterised

        known = [each for each in image.annotations if each.class_id in self._index]
        shapes = [(self._index[each.class_id], each.shape, each.geometry) for each in known]
        return rasterised(shapes, Frame(image.height, image.width))

    def moved(self, target: IndexMap, matrix: np.ndarray, frame: Frame) -> IndexMap:
        """Returns the map as it lies on the frame."""
        return target.mapped(matrix, frame)

    def joined(self, targets: Sequence[IndexMap], corners: Sequence[tuple[int, int]], frame: Frame) -> IndexMap:
        """Returns one map of all pieces."""
        canvas = np.full(frame, OUTSIDE, np.uint8)
        for each, (left, top) in zip(targets, corners, strict=True):
            canvas[top : top + each.size.height, left : left + each.size.width] = each.pixels
        return IndexMap.of(canvas)

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns class indices, shape (images, height, width), uint8; what does not count has `OUTSIDE`."""
        return np.stack([self._counted(each.pixels, self._background) for each in targets])

    def _counted(self, pixels: np.ndarray, background: bool) -> np.ndarray:
        """Returns indices as models know them."""
        return np.where(pixels == NOTHING, np.uint8(len(self.classes) if background else OUTSIDE), pixels)

    def told(self, target: IndexMap) -> list[dict[str, Any]]:
        """Returns a mask for each class that is there."""
        from training.engine.data.rasterise import runs_of

        pixels = target.pixels
        return [
            {"class_id": item.id, "score": 1.0, "shape": "mask", "geometry": runs_of(pixels == label)}
            for label, item in enumerate(self.classes)
            if (pixels == label).any()
        ]

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the images in which each class is."""
        there = np.zeros(len(self.classes), np.int64)
        for each in targets:
            present = np.unique(each.pixels)
            there[present[present < len(self.classes)]] += 1
        return there

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns ones: it is pixels that are weighted."""
        return np.ones(len(targets), np.float32)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns cross-entropy and Dice, with pixels weighted by the root of how rare their class is."""
        from training.engine.losses.segmentation_loss import SegmentationLoss

        there = self._pixels[self._pixels > 0]
        weights = np.sqrt(np.median(there) / np.maximum(self._pixels, 1)) if len(there) else np.ones(len(self._pixels))
        return SegmentationLoss(np.where(self._pixels > 0, np.clip(weights, 0.1, 10), 0.0).tolist())

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns nothing: what pixels are worth shows when all of them are known."""
        return []

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the most probable class of every pixel."""
        return as_entries([self._read(each) for each in outputs])

    def gathered(self, outputs: np.ndarray, views: Sequence[View], frame: Frame, size: Frame) -> IndexMap:
        """Returns the most probable class of every pixel, by the mean of the windows that see it."""
        from training.engine.data.patchwork import patchwork

        found = self._read(patchwork(outputs, views, size))
        scale = np.diag([size.width / found.size.width, size.height / found.size.height, 1.0])
        return self.moved(found, scale, size)

    def _read(self, probabilities: np.ndarray) -> IndexMap:
        best = probabilities.argmax(axis=-1)
        highest = probabilities.max(axis=-1)
        sums = np.bincount(best.reshape(-1), highest.reshape(-1), minlength=probabilities.shape[-1])
        counts = np.bincount(best.reshape(-1), minlength=probabilities.shape[-1])
        scores = (sums / np.maximum(counts, 1)).astype(np.float32)
        return IndexMap.of(best.astype(np.uint8), scores, float(highest.mean()))

    def scores(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
        """Returns mean intersection over union, mean Dice and the share of right pixels."""
        report = segmentation_report(self._table(targets, predictions, self._background))
        return {
            "miou": float(np.nanmean(report.iou[: len(self.classes)])),
            "dice": float(np.nanmean(report.dice[: len(self.classes)])),
            "accuracy": report.accuracy,
        }

    def _table(self, targets: np.ndarray, predictions: np.ndarray, background: bool) -> np.ndarray:
        table = np.zeros((len(self.classes) + 1,) * 2, np.int64)
        for truth, found in zip(targets, predictions, strict=True):
            table += pixel_table(self._counted(truth.pixels, background), found.pixels, len(table))
        return table

    def first_settings(self) -> dict[str, Any]:
        """Returns whether pixels without a shape are background."""
        return {"background": self._background}

    def settings(self, targets: np.ndarray, predictions: np.ndarray) -> dict[str, Any]:
        """Returns whether pixels without a shape are background."""
        return self.first_settings()

    def decode(self, prediction: IndexMap, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns a mask for each class that is there, the surest first."""
        from training.engine.data.rasterise import runs_of

        pixels = prediction.pixels
        there = [label for label in range(len(self.classes)) if (pixels == label).any()]
        return [
            {
                "class": self.classes[label].name,
                "class_id": self.classes[label].id,
                "score": round(float(prediction.scores[label]), 6),
                "chosen": True,
                "shape": "mask",
                "geometry": runs_of(pixels == label),
            }
            for label in sorted(there, key=lambda label: -prediction.scores[label])[:top]
        ]

    def canvas(self, size: Frame) -> Frame:
        """Returns a small size of the same proportions: a map has as many pixels as its canvas."""
        return size.within(_MOST_DRAWN)

    def draw(self, truth: IndexMap, prediction: IndexMap, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns both maps; they agree by the mean IoU of the classes that are on either."""
        background = settings.get("background", True)
        report = segmentation_report(self._table(as_entries([truth]), as_entries([prediction]), background))
        return {
            "truth": [self._pictured(self._counted(truth.pixels, background))],
            "found": [self._pictured(prediction.pixels)],
            "agreement": round(self._mean(report), 4),
        }

    def _pictured(self, pixels: np.ndarray) -> dict[str, Any]:
        """Returns a map for JSON: of each pixel the place of its class in `classes`; null is the background."""
        ids = [*(item.id for item in self.classes), None]
        return {"shape": "map", "geometry": {"size": list(pixels.shape), "classes": ids, "pixels": packed(pixels)}}

    def _mean(self, report: SegmentationReport) -> float:
        """Returns the mean IoU of the classes that are there; one where there are none."""
        own = report.iou[: len(self.classes)]
        return float(own[~np.isnan(own)].mean()) if not np.isnan(own).all() else 1.0

    def uncertainty(self, predictions: np.ndarray) -> np.ndarray:
        """Returns how improbable the answers are on average."""
        return np.array([1 - each.certainty for each in predictions])

    def evaluate(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns figures of all pixels, and those of images one by one on average."""
        from training.engine.evaluation.segmentation import segmentation_section

        background = settings.get("background", True)
        tables = [self._table(targets[at : at + 1], predictions[at : at + 1], background) for at in range(len(targets))]
        return segmentation_section(self.classes, tables, background)

    def rows(self, targets: np.ndarray, predictions: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns the classes that are there and those found, how far the pixels agree, and small maps of the worst."""
        background = settings.get("background", True)
        rows: dict[str, list[Any]] = {
            name: [] for name in ("true", "predicted", "score", "true_score", "correct", "iou")
        }
        for truth, found in zip(targets, predictions, strict=True):
            table = self._table(as_entries([truth]), as_entries([found]), background)
            report = segmentation_report(table)
            rows["true"].append([item.id for at, item in enumerate(self.classes) if table[at].any()])
            rows["predicted"].append([item.id for at, item in enumerate(self.classes) if table[:, at].any()])
            rows["score"].append(found.certainty)
            rows["true_score"].append(report.accuracy)
            rows["iou"].append(self._mean(report))
            rows["correct"].append(report.accuracy >= _RIGHT)
        import pyarrow as pa  # tables are for training alone

        drawn: list[str | None] = [None] * len(targets)
        for at in np.argsort(rows["iou"], kind="stable")[:_MOST_IN_TABLE]:
            drawn[at] = self._small(targets[at], predictions[at], settings)
        return {
            **rows,
            "true": id_lists(rows["true"]),
            "predicted": id_lists(rows["predicted"]),
            "drawn": pa.array(drawn, pa.string()),
        }

    def _small(self, truth: IndexMap, prediction: IndexMap, settings: dict[str, Any]) -> str:
        """Returns what is drawn of an image as JSON."""
        canvas = self.canvas(truth.size)
        scale = np.diag([canvas.width / truth.size.width, canvas.height / truth.size.height, 1.0])
        told = self.draw(self.moved(truth, scale, canvas), self.moved(prediction, scale, canvas), settings)
        return json.dumps({"canvas": [canvas.width, canvas.height], **told}, separators=(",", ":"))

    def agreement(self, predictions: np.ndarray, others: np.ndarray, settings: dict[str, Any]) -> float:
        """Returns the share of pixels of the same class."""
        same = [(one.pixels == other.pixels).mean() for one, other in zip(predictions, others, strict=True)]
        return float(np.mean(same))
