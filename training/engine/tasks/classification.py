"""One class per image."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.version import LabelClass, Version
from training.engine.errors import EngineError
from training.engine.metrics.calibration import calibration
from training.engine.metrics.classification_report import classification_report
from training.engine.metrics.entropy import normalised_entropy
from training.engine.metrics.log_loss import log_loss
from training.engine.metrics.top_k import top_k_accuracy
from training.engine.tasks.task import Labels, class_weights
from training.engine.tasks.whole_image import MOST_TOLD, WholeImage, classes_told, listed

if TYPE_CHECKING:
    import keras

    from training.engine.spec import ResolvedSpec


class Classification(WholeImage):
    """Single-label classification: targets are class indices, shape (samples,), int32.

    Args:
        classes: in the order of the model's outputs.
    """

    name = "classification"
    activation = "softmax"
    monitor = "val_accuracy"

    def __init__(self, classes: Sequence[LabelClass]) -> None:
        self.classes = classes
        self._index = {item.id: index for index, item in enumerate(classes)}

    def targets(self, version: Version) -> Labels:
        """Returns the tagged images; each must have tags of one class."""
        images, targets, contradictory = [], [], []
        for image in version.images:
            tags = {a.class_id for a in image.annotations if a.shape == "tag" and a.class_id in self._index}
            if len(tags) > 1:
                contradictory.append(image.name)
            elif tags:
                images.append(image)
                targets.append(self._index[tags.pop()])
        if contradictory:
            raise EngineError(
                "several_classes",
                f"{len(contradictory)} images have more than one class, such as {contradictory[0]}.",
                "Train with the task multilabel, or leave one class per image.",
            )
        return Labels(images, np.array(targets, np.int32), len(version.images) - len(images))

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the share of each class, shape (samples, classes), float32."""
        return np.eye(len(self.classes), dtype=np.float32)[targets]

    def told(self, target: int) -> list[dict[str, Any]]:
        """Returns the class."""
        return [{"class_id": self.classes[target].id, "score": 1.0}]

    def counts(self, targets: np.ndarray) -> np.ndarray:
        """Returns the images of each class."""
        return np.bincount(targets, minlength=len(self.classes))

    def weights(self, targets: np.ndarray, balanced: bool) -> np.ndarray:
        """Returns one weight a sample: that of its class where balanced, else one."""
        if not balanced:
            return np.ones(len(targets), np.float32)
        weights = class_weights(self.counts(targets))[targets]
        return (weights / weights.mean()).astype(np.float32)

    def loss(self, spec: "ResolvedSpec") -> "keras.losses.Loss":
        """Returns cross-entropy, or focal cross-entropy (arXiv:1708.02002), of shares of classes and logits."""
        from training.engine.losses.share_crossentropy import ShareCrossentropy

        return ShareCrossentropy(spec.label_smoothing, focusing=2.0 if spec.loss == "focal" else 0.0)

    def metrics(self) -> "list[keras.metrics.Metric]":
        """Returns accuracy; of a mixed image the class with the larger share is right."""
        import keras

        return [keras.metrics.CategoricalAccuracy(name="accuracy")]

    def scores(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
        """Returns accuracy and macro F1."""
        report = classification_report(targets, outputs.argmax(axis=1), len(self.classes))
        return {"accuracy": report.accuracy, "macro_f1": report.macro_f1}

    def settings(self, targets: np.ndarray, outputs: np.ndarray) -> dict[str, Any]:
        """Returns nothing: the most probable class is the answer."""
        return {}

    def decode(self, output: np.ndarray, settings: dict[str, Any], top: int) -> list[dict[str, Any]]:
        """Returns the most probable classes."""
        return [
            {"class": self.classes[i].name, "class_id": self.classes[i].id, "score": round(float(output[i]), 6)}
            for i in np.argsort(-output, kind="stable")[:top]
        ]

    def draw(self, truth: Any, prediction: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns the class, and the most probable ones; they agree as far as the class is probable."""
        return {
            "truth": [{"class_id": self.classes[truth].id}],
            "found": classes_told(self.decode(prediction, settings, MOST_TOLD)),
            "agreement": round(float(prediction[truth]), 4),
        }

    def uncertainty(self, outputs: np.ndarray) -> np.ndarray:
        """Returns the normalised predictive entropy."""
        return normalised_entropy(outputs)

    def evaluate(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns accuracy, top-k, per-class figures, confusion, calibration and the majority-class baseline."""
        report = classification_report(targets, outputs.argmax(axis=1), len(self.classes))
        reliability = calibration(outputs.max(axis=1), outputs.argmax(axis=1) == targets)
        k = 5 if len(self.classes) > 5 else min(3, len(self.classes))
        majority = int(report.support.argmax())
        return {
            "count": len(targets),
            "loss": log_loss(targets, outputs),
            "accuracy": report.accuracy,
            "top_k": {"k": k, "accuracy": top_k_accuracy(targets, outputs, k)},
            "macro_f1": report.macro_f1,
            "weighted_f1": report.weighted_f1,
            "ece": reliability.ece,
            "per_class": [
                {
                    "class_id": item.id,
                    "name": item.name,
                    "precision": float(report.precision[i]),
                    "recall": float(report.recall[i]),
                    "f1": float(report.f1[i]),
                    "support": int(report.support[i]),
                }
                for i, item in enumerate(self.classes)
            ],
            "confusion": {"classes": [item.id for item in self.classes], "matrix": report.confusion.tolist()},
            "reliability": [
                {
                    "low": float(reliability.edges[i]),
                    "high": float(reliability.edges[i + 1]),
                    "confidence": float(reliability.confidence[i]),
                    "accuracy": float(reliability.accuracy[i]),
                    "count": int(reliability.count[i]),
                }
                for i in range(len(reliability.count))
            ],
            "baseline": {
                "accuracy": float(report.support[majority] / len(targets)),
                "class": self.classes[majority].name,
            },
        }

    def rows(self, targets: np.ndarray, outputs: np.ndarray, settings: dict[str, Any]) -> dict[str, list[Any]]:
        """Returns true and predicted class ids with their scores."""
        predicted = outputs.argmax(axis=1)
        every = np.arange(len(targets))
        return {
            "true": [self.classes[i].id for i in targets],
            "predicted": [self.classes[i].id for i in predicted],
            "score": outputs[every, predicted].tolist(),
            "true_score": outputs[every, targets].tolist(),
            "correct": (predicted == targets).tolist(),
            "probabilities": listed(outputs),
        }

    def agreement(self, outputs: np.ndarray, others: np.ndarray, settings: dict[str, Any]) -> float:
        """Returns the share of images whose most probable class is the same."""
        return float((outputs.argmax(axis=1) == others.argmax(axis=1)).mean())
