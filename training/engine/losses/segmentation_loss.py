"""What a model gets wrong about pixels."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("labelapp")
class SegmentationLoss(keras.losses.Loss):
    """Cross-entropy of pixels, weighted by class, and Dice (V-Net, arXiv:1606.04797).

    Args:
        weights: how much pixels of each class count.
        dice_weight: how much Dice counts beside cross-entropy.
    """

    def __init__(self, weights: Sequence[float], dice_weight: float = 0.5, name: str = "loss", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.weights = list(map(float, weights))
        self.dice_weight = dice_weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Returns one loss an image, shape (batch,).

        Args:
            y_true: class indices, shape (batch, height, width); pixels with an index beyond the classes do not count.
            y_pred: logits, shape (batch, height, width, classes).
        """
        classes = len(self.weights)
        counts = ops.cast(y_true < classes, "float32")
        wanted = ops.one_hot(ops.cast(ops.minimum(y_true, classes - 1), "int32"), classes, dtype="float32")
        wanted = wanted * counts[..., None]
        log_probabilities = ops.log_softmax(ops.cast(y_pred, "float32"), axis=-1)
        weighted = wanted * ops.convert_to_tensor(self.weights, "float32")
        summed = -ops.sum(weighted * log_probabilities, axis=(1, 2, 3))
        entropy = summed / ops.maximum(ops.sum(weighted, axis=(1, 2, 3)), 1.0)
        return entropy + self.dice_weight * self._dice(wanted, ops.exp(log_probabilities) * counts[..., None])

    def _dice(self, wanted: Any, given: Any) -> Any:
        """Over the classes that are there, in the whole batch: a class may be in few of its images."""
        shared = ops.sum(wanted * given, axis=(0, 1, 2))
        sizes = ops.sum(wanted, axis=(0, 1, 2)) + ops.sum(given, axis=(0, 1, 2))
        there = ops.cast(ops.sum(wanted, axis=(0, 1, 2)) > 0, "float32")
        missing = 1 - (2 * shared + 1) / (sizes + 1)
        return ops.sum(missing * there) / ops.maximum(ops.sum(there), 1.0)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        return {**super().get_config(), "weights": self.weights, "dice_weight": self.dice_weight}
