"""What a detector of centres gets wrong: where things are, and how far they reach."""

from typing import Any

import keras
from keras import ops

from training.engine.zoo.heads.detector import reaches


@keras.saving.register_keras_serializable("labelapp")
class DetectionLoss(keras.losses.Loss):
    """Focal loss of centres (arXiv:1808.01244) and generalised IoU of boxes (arXiv:1902.09630).

    Args:
        classes: number of classes.
        box_weight: how much boxes count beside centres.
    """

    def __init__(self, classes: int, box_weight: float = 2.0, name: str = "loss", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.classes = classes
        self.box_weight = box_weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Returns one loss an image, shape (batch,).

        Args:
            y_true: as `encode.centres` makes it: heat, distances in cells, and the weight of each cell's box.
            y_pred: the detector's logits, shape (batch, height, width, classes + 4).
        """
        y_true = ops.cast(y_true, "float32")
        heat, wanted, weight = y_true[..., : self.classes], y_true[..., self.classes : -1], y_true[..., -1]
        centres = ops.sum(self._centres(heat, y_pred[..., : self.classes]), axis=(1, 2, 3))
        boxes = ops.sum(weight * self._places(wanted, y_pred[..., self.classes :]), axis=(1, 2))
        # Things, not images, count alike: by the mean number of them in the batch.
        images = ops.cast(ops.shape(heat)[0], "float32")
        things = ops.maximum(ops.sum(ops.cast(heat == 1, "float32")), 1.0) / images
        weights = ops.maximum(ops.sum(weight), 1.0) / images
        return centres / things + self.box_weight * boxes / weights

    def _places(self, wanted: Any, said: Any) -> Any:
        """Returns how wrong every cell is about where its thing lies, shape (batch, height, width)."""
        return 1 - giou(wanted, reaches(said))

    def _centres(self, heat: Any, logits: Any) -> Any:
        probability = ops.sigmoid(logits)
        there = ops.square(1 - probability) * ops.softplus(-logits)
        elsewhere = ops.power(1 - heat, 4) * ops.square(probability) * ops.softplus(logits)
        return ops.where(heat == 1, there, elsewhere)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        return {**super().get_config(), "classes": self.classes, "box_weight": self.box_weight}


def giou(first: Any, second: Any) -> Any:
    """Returns the generalised IoU of boxes around the same places, -1..1.

    Args:
        first: distances to the left, top, right and bottom, shape (..., 4).
        second: the same of the other boxes.
    """
    area = (first[..., 0] + first[..., 2]) * (first[..., 1] + first[..., 3])
    other = (second[..., 0] + second[..., 2]) * (second[..., 1] + second[..., 3])
    least, most = ops.minimum(first, second), ops.maximum(first, second)
    shared = ops.maximum(least[..., 0] + least[..., 2], 0) * ops.maximum(least[..., 1] + least[..., 3], 0)
    around = (most[..., 0] + most[..., 2]) * (most[..., 1] + most[..., 3])
    union = area + other - shared
    return shared / ops.maximum(union, 1e-6) - (around - union) / ops.maximum(around, 1e-6)
