"""The section of metrics.json for pixels."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from training.engine.data.version import LabelClass
from training.engine.metrics.segmentation_report import segmentation_report


def segmentation_section(
    classes: Sequence[LabelClass], tables: Sequence[np.ndarray], background: bool
) -> dict[str, Any]:
    """Returns figures of all pixels together, and the mean of those of single images.

    Args:
        classes: in the order of their indices; the tables know one more, the background.
        tables: of each image, as `pixel_table` gives them.
        background: whether pixels without a shape count.
    """
    table = np.sum(tables, axis=0)
    report = segmentation_report(table)
    own = slice(0, len(classes))
    single = [segmentation_report(each) for each in tables]
    names = [*((item.id, item.name) for item in classes), *([(None, "")] if background else [])]
    return {
        "count": len(tables),
        "miou": _mean(report.iou[own]),
        "dice": _mean(report.dice[own]),
        "accuracy": report.accuracy,
        "dice_per_image": _mean(np.array([_mean(each.dice[own]) for each in single])),
        "per_class": [
            {
                "class_id": class_id,
                "name": name,
                "iou": float(report.iou[at]),
                "dice": float(report.dice[at]),
                "precision": float(report.precision[at]),
                "recall": float(report.recall[at]),
                "support": int(table[at].sum()),
            }
            for at, (class_id, name) in enumerate(names)
        ],
        "confusion": {
            "classes": [item.id for item in classes],
            "background": background,
            "matrix": table[: len(names), : len(names)].tolist(),
        },
    }


def _mean(values: np.ndarray) -> float:
    """Of classes that are there."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if there.size else float("nan")
