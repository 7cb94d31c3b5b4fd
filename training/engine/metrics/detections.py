"""Figures of detectors, as COCO counts them."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from training.engine.data.boxes import Boxes

MOST = 100  # boxes of an image that count
HALF = 0  # place of IoU 0.5 among the thresholds


@dataclass(frozen=True)
class DetectionReport:
    """Figures of boxes on many images.

    Args:
        map: average precision over classes and IoU 0.50:0.95.
        map50: at IoU 0.5 alone.
        map75: at IoU 0.75 alone.
        by_size: `map` of things below 32 x 32 pixels, up to 96 x 96, and above; NaN where there are none.
        ap: per class as `map`, shape (classes,); NaN for a class without boxes.
        ap50: per class at IoU 0.5.
        curves: precision of each class at recall 0, 0.01 ... 1 and IoU 0.5, shape (classes, 101).
        scores: the score that reaches it, of the same shape.
        average_recall: mean over classes and IoU 0.50:0.95 of the recall that 100 boxes an image reach.
    """

    map: float
    map50: float
    map75: float
    by_size: tuple[float, float, float]
    ap: np.ndarray
    ap50: np.ndarray
    curves: np.ndarray
    scores: np.ndarray
    average_recall: float


def mean_average_precision(truth: Sequence[Boxes], found: Sequence[Boxes], classes: int) -> tuple[float, float]:
    """Returns `map` and `map50` alone, which takes a quarter of the time; arguments as `detection_report` has them."""
    precision = _evaluated(truth, found, classes, sizes=1).eval["precision"][:, :, :, 0, -1]
    return _mean(precision), _mean(precision[HALF])


def detection_report(truth: Sequence[Boxes], found: Sequence[Boxes], classes: int) -> DetectionReport:
    """Returns the figures of pycocotools.

    Args:
        truth: what is on each image, in pixels of the image.
        found: what a model says is there, of the same images in the same order.
        classes: number of classes.
    """
    evaluation = _evaluated(truth, found, classes)
    precision = evaluation.eval["precision"][:, :, :, 0, -1]  # IoU, recall, class: all sizes, the most boxes
    return DetectionReport(
        map=_mean(precision),
        map50=_mean(precision[HALF]),
        map75=_mean(precision[5]),
        by_size=tuple(_mean(evaluation.eval["precision"][:, :, :, size, -1]) for size in (1, 2, 3)),  # type: ignore[arg-type]
        ap=np.array([_mean(precision[:, :, each]) for each in range(classes)]),
        ap50=np.array([_mean(precision[HALF, :, each]) for each in range(classes)]),
        curves=np.maximum(precision[HALF].T, 0),
        scores=np.maximum(evaluation.eval["scores"][HALF, :, :, 0, -1].T, 0),
        average_recall=_mean(evaluation.eval["recall"][:, :, 0, -1]),
    )


def _evaluated(truth: Sequence[Boxes], found: Sequence[Boxes], classes: int, sizes: int = 4) -> COCOeval:
    with contextlib.redirect_stdout(io.StringIO()):  # it tells of its progress by itself
        labels = COCO()
        labels.dataset = {
            "images": [{"id": image} for image in range(1, len(truth) + 1)],
            "categories": [{"id": each} for each in range(1, classes + 1)],
            "annotations": _rows(truth, labels=True),
        }
        labels.createIndex()
        answers = COCO()
        answers.dataset = {**labels.dataset, "annotations": _rows(found, labels=False)}
        answers.createIndex()
        evaluation = COCOeval(labels, answers, "bbox")
        evaluation.params.maxDets = [1, 10, MOST]
        evaluation.params.areaRng = evaluation.params.areaRng[:sizes]  # all of them come first
        evaluation.params.areaRngLbl = evaluation.params.areaRngLbl[:sizes]
        evaluation.evaluate()
        evaluation.accumulate()
    return evaluation


def _rows(images: Sequence[Boxes], labels: bool) -> list[dict]:
    rows: list[dict] = []
    for image, boxes in enumerate(images, start=1):
        for corners, label, score, area in zip(
            boxes.xyxy.tolist(), boxes.classes.tolist(), boxes.scores.tolist(), boxes.areas.tolist(), strict=True
        ):
            left, top, right, bottom = corners
            row = {"id": len(rows) + 1, "image_id": image, "category_id": label + 1, "area": area}
            row["bbox"] = [left, top, right - left, bottom - top]
            rows.append(row | ({"iscrowd": 0} if labels else {"score": score}))
    return rows


def _mean(values: np.ndarray) -> float:
    """Of what there is: -1 stands where a class has no boxes."""
    there = values[values > -1]
    return float(there.mean()) if there.size else float("nan")
