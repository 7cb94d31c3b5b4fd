"""Any number of classes per image."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.entries import id_lists
from training.engine.data.version import LabelClass, Version
from training.engine.metrics.average_precision import average_precision
from training.engine.metrics.calibration import calibration
from training.engine.metrics.entropy import binary_entropy
from training.engine.metrics.log_loss import log_loss
from training.engine.metrics.multilabel_report import best_threshold, multilabel_report
from training.engine.tasks.task import Labels, class_weights
from training.engine.tasks.whole_image import MOST_TOLD, WholeImage, classes_told, listed

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec


class MultiLabel(WholeImage):
    """Multi-label classification: targets have shape (samples, classes), float32, 0 or 1.

    Args:
        classes: in the order of the model's outputs.
    """

    name = "multilabel"
    activation = "sigmoid"
    monitor = "val_mean_average_precision"

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        self.classes = classes
        self._index = {item.id: index for index, item in enumerate(classes)}

    def targets(self, version: Version) -> Labels:
        """Returns the images with at least one tag."""
        images, targets = [], []
        for image in version.images:
            tags = {a.class_id for a in image.annotations if a.shape == "tag" and a.class_id in self._index}
            if tags:
                images.append(image)
                targets.append([item.id in tags for item in self.classes])
        return Labels(
            images,
            np.array(targets, np.float32).reshape(-1, len(self.classes)),
            len(version.images) - len(images),
        )

    def told(self, target: np.ndarray) -> list[dict[str, Any]]:
        """Returns the classes that are there."""
        return [{"class_id": item.id, "score": 1.0} for item, there in zip(self.classes, target, strict=True) if there]

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the images of each class."""
        return targets.sum(axis=0).astype(np.int64)

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns one weight a sample: the mean of its classes' weights where balanced, else one."""
        if not balanced:
            return np.ones(len(targets), np.float32)
        weights = targets @ class_weights(self.counts(targets)) / np.maximum(targets.sum(axis=1), 1)
        return (weights / weights.mean()).astype(np.float32)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns binary cross-entropy, or its focal form (arXiv:1708.02002), of logits."""
        import keras

        if spec.loss == "focal":
            return keras.losses.BinaryFocalCrossentropy(from_logits=True, label_smoothing=spec.label_smoothing)
        return keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=spec.label_smoothing)

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns the share of right decisions; logits above zero mean yes, and so does a share of one half or more."""
        import keras
        from keras import ops

        def right(y_true: Any, y_pred: Any) -> Any:
            return ops.mean(ops.cast((y_true >= 0.5) == (y_pred > 0), "float32"), axis=-1)

        return [keras.metrics.MeanMetricWrapper(right, name="accuracy")]

    def scores(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
        """Returns accuracy, subset accuracy and macro F1 at 0.5, and mean average precision."""
        report = multilabel_report(targets, outputs >= 0.5)
        return {
            "accuracy": report.accuracy,
            "subset_accuracy": report.subset_accuracy,
            "macro_f1": report.macro_f1,
            "mean_average_precision": float(np.nanmean(self._average_precisions(targets, outputs))),
        }

    def settings(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, Any]:
        """Returns the threshold with the highest micro F1."""
        return {"threshold": best_threshold(targets, outputs)}

    def decode(self, output: np.ndarray, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns the most probable classes; `chosen` says whether a class passes the threshold."""
        threshold = settings.get("threshold", 0.5)
        return [
            {
                "class": self.classes[i].name,
                "class_id": self.classes[i].id,
                "score": round(float(output[i]), 6),
                "chosen": bool(output[i] >= threshold),
            }
            for i in np.argsort(-output, kind="stable")[:top]
        ]

    def draw(self, truth: np.ndarray, prediction: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns the classes that are there, and those that pass the threshold; they agree by their Jaccard index."""
        passing = [each for each in self.decode(prediction, settings, MOST_TOLD) if each["chosen"]]
        shared, either = np.minimum(truth, prediction).sum(), np.maximum(truth, prediction).sum()
        return {
            "truth": [{"class_id": item.id} for item, there in zip(self.classes, truth, strict=True) if there],
            "found": classes_told(passing),
            "agreement": round(float(shared / either), 4),
        }

    def uncertainty(self, outputs: np.ndarray) -> np.ndarray:
        """Returns the mean entropy of the decisions."""
        return binary_entropy(outputs)

    def evaluate(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns average precision and, at the threshold, F1 and accuracies, per class and in all."""
        threshold = settings.get("threshold", 0.5)
        report = multilabel_report(targets, outputs >= threshold)
        precisions = self._average_precisions(targets, outputs)
        certain = np.maximum(outputs, 1 - outputs).ravel()
        reliability = calibration(certain, ((outputs >= 0.5) == (targets >= 0.5)).ravel())
        never = multilabel_report(targets, np.zeros_like(targets))
        return {
            "count": len(targets),
            "loss": log_loss(targets, outputs),
            "threshold": threshold,
            "accuracy": report.accuracy,
            "subset_accuracy": report.subset_accuracy,
            "micro_f1": report.micro_f1,
            "macro_f1": report.macro_f1,
            "mean_average_precision": float(np.nanmean(precisions)),
            "ece": reliability.ece,
            "per_class": [
                {
                    "class_id": item.id,
                    "name": item.name,
                    "average_precision": float(precisions[i]),
                    "precision": float(report.precision[i]),
                    "recall": float(report.recall[i]),
                    "f1": float(report.f1[i]),
                    "support": int(report.support[i]),
                }
                for i, item in enumerate(self.classes)
            ],
            "baseline": {"accuracy": never.accuracy, "class": None},
        }

    def rows(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns lists of true and predicted class ids; scores are the least certain decision's."""
        predicted = outputs >= settings.get("threshold", 0.5)
        wanted = targets >= 0.5
        agreement = np.where(wanted, outputs, 1 - outputs)
        ids = np.array([item.id for item in self.classes])
        return {
            "true": id_lists([ids[row].tolist() for row in wanted]),
            "predicted": id_lists([ids[row].tolist() for row in predicted]),
            "score": np.maximum(outputs, 1 - outputs).min(axis=1).tolist(),
            "true_score": agreement.min(axis=1).tolist(),
            "correct": (predicted == wanted).all(axis=1).tolist(),
            "probabilities": listed(outputs),
        }

    def agreement(self, outputs: np.ndarray, others: np.ndarray, settings: dict[str, Any]) -> float:
        """Returns the share of images with the same chosen classes."""
        threshold = settings.get("threshold", 0.5)
        return float(((outputs >= threshold) == (others >= threshold)).all(axis=1).mean())

    def _average_precisions(self, targets: np.ndarray, outputs: np.ndarray) -> np.ndarray:
        return np.array([average_precision(targets[:, i], outputs[:, i]) for i in range(len(self.classes))])
