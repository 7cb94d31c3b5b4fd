"""What a detector of turned boxes gets wrong."""

from typing import Any

import keras
from keras import ops

from training.engine.losses.detection_loss import DetectionLoss
from training.engine.zoo.heads.rotated import directions, sizes

_ANGLE_WEIGHT = 0.25


@keras.saving.register_keras_serializable("labelapp")
class RotatedLoss(DetectionLoss):
    """Focal loss of centres, and the Hellinger distance of boxes seen as Gaussians (ProbIoU, arXiv:2106.06072).

    A Gaussian does not know which way a square is turned, so that a term of its own says so: four times the angle, for
    a quarter of a turn changes no square.
    """

    def _places(self, wanted: Any, said: Any) -> Any:
        """Returns how wrong every cell is about its box, shape (batch, height, width)."""
        size, turn = sizes(said[..., 2:4]), directions(said[..., 4:6])
        distance = hellinger(wanted, ops.concatenate([said[..., :2], size, turn], axis=-1))
        return distance + _ANGLE_WEIGHT * (1 - _agreement(wanted[..., 4:6], turn)) / 2


def hellinger(first: Any, second: Any) -> Any:
    """Returns how far turned boxes are from each other, 0..1.

    Args:
        first: centre x and y, width, height, cosine and sine of twice the angle; shape (..., 6).
        second: the same of the other boxes.
    """
    (a, b, c), (d, e, f) = _covariance(first), _covariance(second)
    a, b, c = a + d, b + e, c + f
    x, y = second[..., 0] - first[..., 0], second[..., 1] - first[..., 1]
    determinant = ops.maximum(a * b - c * c, 1e-9)
    apart = (a * y * y + b * x * x - 2 * c * x * y) / determinant / 4
    own = first[..., 2] * first[..., 3] * second[..., 2] * second[..., 3] / 144  # root of both determinants' product
    unlike = ops.log(ops.maximum(determinant / (4 * ops.maximum(own, 1e-9)), 1e-9)) / 2
    return ops.sqrt(ops.maximum(1 - ops.exp(-ops.clip(apart + unlike, 0.0, 50.0)), 1e-6))


def _covariance(boxes: Any) -> tuple[Any, Any, Any]:
    """Returns the variances of x and y and their covariance, of points spread evenly over boxes."""
    wide, high = ops.square(boxes[..., 2]) / 12, ops.square(boxes[..., 3]) / 12
    mean, half = (wide + high) / 2, (wide - high) / 2
    return mean + half * boxes[..., 4], mean - half * boxes[..., 4], half * boxes[..., 5]


def _agreement(first: Any, second: Any) -> Any:
    """Returns the cosine of four times the angle between directions that are told by twice their angle."""
    (c, s), (d, t) = ((each[..., 0], each[..., 1]) for each in (first, second))
    return (c * c - s * s) * (d * d - t * t) + 4 * c * s * d * t
