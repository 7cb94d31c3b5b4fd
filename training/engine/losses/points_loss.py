"""What a detector of points gets wrong: boxes, and where the points of things are."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from training.engine.losses.detection_loss import DetectionLoss, giou
from training.engine.zoo.heads.detector import reaches


@keras.saving.register_keras_serializable("labelapp")
class PointsLoss(DetectionLoss):
    """Loss of boxes, with object keypoint similarity (YOLO-Pose, arXiv:2204.06806) and the distance of points.

    Similarity alone says nothing of points that are far off; distance alone not how exact each has to be.

    Args:
        classes: number of classes.
        sigmas: how far each point may lie from its label, as a share of the root of the thing's area.
        box_weight: how much boxes count beside centres.
        point_weight: how much points count beside boxes.
    """

    def __init__(
        self,
        classes: int,
        sigmas: Sequence[float],
        box_weight: float = 2.0,
        point_weight: float = 1.0,
        name: str = "loss",
        **kwargs: Any,
    ) -> None:
        super().__init__(classes, box_weight, name=name, **kwargs)
        self.sigmas = list(map(float, sigmas))
        self.point_weight = point_weight

    def _places(self, wanted: Any, said: Any) -> Any:
        """Returns how wrong every cell is about its box and points, shape (batch, height, width)."""
        boxes = 1 - giou(wanted[..., :4], reaches(said[..., :4]))
        return boxes + self.point_weight * self._points(wanted, said[..., 4:])

    def _points(self, wanted: Any, said: Any) -> Any:
        batch, height, width = (ops.shape(said)[axis] for axis in range(3))
        shape = (batch, height, width, 3, len(self.sigmas))
        labels, answers = ops.reshape(wanted[..., 4:], shape), ops.reshape(said, shape)
        near, far = wanted[..., :2, None], wanted[..., 2:4, None]
        size = ops.maximum(near + far, 0.5)
        places = (far - near) / 2 + answers[..., :2, :] * size
        area = size[..., 0, :] * size[..., 1, :]
        square = ops.sum(ops.square(places - labels[..., :2, :]), axis=-2) / area
        variances = ops.square(2 * ops.convert_to_tensor(self.sigmas, "float32"))
        unlike = 1 - ops.exp(-square / (2 * variances))
        there, said = labels[..., 2, :], answers[..., 2, :]
        missed = ops.sum(there * (unlike + ops.sqrt(square + 1e-6)), axis=-1) / ops.maximum(
            ops.sum(there, axis=-1), 1.0
        )
        entropy = ops.softplus(said) - there * said
        return missed + ops.mean(entropy, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        return {**super().get_config(), "sigmas": self.sigmas, "point_weight": self.point_weight}
