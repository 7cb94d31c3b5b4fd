"""Figures of detectors, as COCO counts them."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from training.engine.data.things import Things

HALF = 0  # place of overlap 0.5 among the thresholds


@dataclass(frozen=True)
class DetectionReport:
    """Figures of things found on many images; what overlap is, their kind decides (IoU of boxes, OKS of keypoints ...).

    Args:
        map: average precision over classes and overlaps 0.50:0.95.
        map50: at overlap 0.5 alone.
        map75: at overlap 0.75 alone.
        by_size: `map` of things below 32 x 32 pixels, up to 96 x 96, and above; NaN where there are none.
        ap: per class as `map`, shape (classes,); NaN for a class without labels.
        ap50: per class at overlap 0.5.
        curves: precision of each class at recall 0, 0.01 ... 1 and overlap 0.5, shape (classes, 101).
        scores: the score that reaches it, of the same shape.
        average_recall: mean over classes and overlaps 0.50:0.95 of the recall that all answers that count reach.
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


def mean_average_precision(truth: Sequence[Things], found: Sequence[Things], classes: int) -> tuple[float, float]:
    """Returns `map` and `map50` alone, which takes a quarter of the time; arguments as `detection_report` has them."""
    precision = _evaluated(truth, found, classes, sizes=1).eval["precision"][:, :, :, 0, -1]
    return _mean(precision), _mean(precision[HALF])


def detection_report(truth: Sequence[Things], found: Sequence[Things], classes: int) -> DetectionReport:
    """Returns the figures of pycocotools.

    Args:
        truth: what is on each image, in pixels of the image.
        found: what a model says is there, of the same images in the same order.
        classes: number of classes.
    """
    evaluation = _evaluated(truth, found, classes)
    precision = evaluation.eval["precision"][:, :, :, 0, -1]  # IoU, recall, class: all sizes, the most answers
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


class _Evaluation(COCOeval):
    """COCO's matching and counting over overlaps of any kind."""

    def __init__(self, labels: COCO, answers: COCO, truth: Sequence[Things], found: Sequence[Things]) -> None:
        super().__init__(labels, answers, "bbox")
        self._truth = truth
        self._found = found

    def computeIoU(self, imgId: int, catId: int) -> Any:
        """Returns overlaps of one image and class, the surest answers first."""
        labels, answers = self._gts[imgId, catId], self._dts[imgId, catId]
        if not labels or not answers:
            return []
        places = np.array([each["place"] for each in answers])
        order = np.argsort([-each["score"] for each in answers], kind="mergesort")[: self.params.maxDets[-1]]
        wanted = self._truth[imgId - 1].only(np.array([each["place"] for each in labels]))
        return self._found[imgId - 1].only(places[order]).overlaps(wanted)


def _evaluated(truth: Sequence[Things], found: Sequence[Things], classes: int, sizes: int = 4) -> COCOeval:
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
        evaluation = _Evaluation(labels, answers, truth, found)
        evaluation.params.maxDets = [max((each.most for each in found), default=1)]
        evaluation.params.areaRng = evaluation.params.areaRng[:sizes]  # all of them come first
        evaluation.params.areaRngLbl = evaluation.params.areaRngLbl[:sizes]
        evaluation.evaluate()
        evaluation.accumulate()
    return evaluation


def _rows(images: Sequence[Things], labels: bool) -> list[dict]:
    rows: list[dict] = []
    for image, things in enumerate(images, start=1):
        told = zip(things.classes.tolist(), things.scores.tolist(), things.areas.tolist(), strict=True)
        for place, (label, score, area) in enumerate(told):
            row = {"id": len(rows) + 1, "image_id": image, "category_id": label + 1, "area": area, "place": place}
            rows.append(row | ({"iscrowd": 0} if labels else {"score": score}))
    return rows


def _mean(values: np.ndarray) -> float:
    """Of what there is: -1 stands where a class has no labels."""
    there = values[values > -1]
    return float(there.mean()) if there.size else float("nan")
