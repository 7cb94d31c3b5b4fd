"""The section of metrics.json for things that are found."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from training.engine.data.things import Things
from training.engine.data.version import LabelClass
from training.engine.metrics.detections import detection_report
from training.engine.metrics.image_precision import image_precision
from training.engine.metrics.matching import Matches, matched

KINDS = ("right", "confused", "misplaced", "double", "false", "missed")
_CURVE_STEP = 2  # of COCO's 101 points of recall


def detection_section(
    classes: Sequence[LabelClass], truth: Sequence[Things], found: Sequence[Things], threshold: float
) -> dict[str, Any]:
    """Returns COCO's figures over all scores and, at the threshold, what is right and what is wrong.

    Args:
        classes: in the order of their indices.
        truth: labels of each image, in pixels of the image.
        found: answers of a model on the same images, down to very low scores.
        threshold: score from which on they count.
    """
    report = detection_report(truth, found, len(classes))
    counted = [each.only(each.scores >= threshold) for each in found]
    matches = [matched(labels, answers) for labels, answers in zip(truth, counted, strict=True)]
    confusion = _confusion(len(classes), truth, counted, matches)
    kinds = Counter(kind for each in matches for kind in each.kind)
    kinds["missed"] = sum(len(each.missed) for each in matches)
    right = np.zeros(len(classes))
    for answers, each in zip(counted, matches, strict=True):
        np.add.at(right, answers.classes[[kind == "right" for kind in each.kind]], 1)
    said = np.bincount(np.concatenate([each.classes for each in counted]), minlength=len(classes))
    support = np.bincount(np.concatenate([each.classes for each in truth]), minlength=len(classes))
    precision, recall = right / np.maximum(said, 1), right / np.maximum(support, 1)
    f1 = 2 * right / np.maximum(said + support, 1)
    return {
        "count": len(truth),
        "objects": int(support.sum()),
        "threshold": threshold,
        "map": report.map,
        "map50": report.map50,
        "map75": report.map75,
        "map_small": report.by_size[0],
        "map_medium": report.by_size[1],
        "map_large": report.by_size[2],
        "average_recall": report.average_recall,
        "precision_per_image": float(np.mean([image_precision(*each) for each in zip(truth, counted, strict=True)])),
        "precision": float(right.sum() / max(said.sum(), 1)),
        "recall": float(right.sum() / max(support.sum(), 1)),
        "f1": float(2 * right.sum() / max((said + support).sum(), 1)),
        "macro_f1": float(f1[support > 0].mean()) if support.any() else 0.0,
        "per_class": [
            {
                "class_id": item.id,
                "name": item.name,
                "ap": float(report.ap[i]),
                "ap50": float(report.ap50[i]),
                "precision": float(precision[i]),
                "recall": float(recall[i]),
                "f1": float(f1[i]),
                "support": int(support[i]),
                "found": int(said[i]),
            }
            for i, item in enumerate(classes)
        ],
        "curves": [
            {
                "class_id": item.id,
                "precision": np.round(report.curves[i, ::_CURVE_STEP], 4).tolist(),
                "score": np.round(report.scores[i, ::_CURVE_STEP], 4).tolist(),
            }
            for i, item in enumerate(classes)
        ],
        "confusion": {"classes": [item.id for item in classes], "background": True, "matrix": confusion.tolist()},
        "errors": {kind: kinds[kind] for kind in KINDS},
    }


def _confusion(
    classes: int, truth: Sequence[Things], found: Sequence[Things], matches: Sequence[Matches]
) -> np.ndarray:
    """Returns labels by row, answers by column; the last of each is the background. Every label counts once."""
    table = np.zeros((classes + 1, classes + 1), np.int64)
    for labels, things, each in zip(truth, found, matches, strict=True):
        answers = {int(label): classes for label in each.missed}
        for place, kind in enumerate(each.kind):
            answer, label = int(things.classes[place]), int(each.label_of[place])
            if kind == "right":
                table[labels.classes[label], answer] += 1
            elif kind == "confused" and answers.get(label) == classes:
                answers[label] = answer
            else:
                table[classes, answer] += 1
        for label, answer in answers.items():
            table[labels.classes[label], answer] += 1
    return table
