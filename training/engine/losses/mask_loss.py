"""What a detector with masks gets wrong: boxes, and which pixels in them belong to the thing."""

from typing import Any

import keras
from keras import ops

from training.engine.data.found_masks import ELLIPSE
from training.engine.encode.masks import LAYERS
from training.engine.losses.detection_loss import DetectionLoss
from training.engine.zoo.heads.masks import COEFFICIENTS, PROTOTYPES, QUARTERS

_MOST = 64  # cells of an image whose masks are looked at
_GRID = 16  # places across a box at which they are
_BEYOND = 1.1  # of the box, in which the grid lies


@keras.saving.register_keras_serializable("labelapp")
class MaskLoss(DetectionLoss):
    """Loss of boxes, with cross-entropy and Dice (arXiv:1606.04797) of masks on a grid over each labelled box.

    The grid is equally fine for small and large things, so that they count alike (as in Mask R-CNN, arXiv:1703.06870).

    Args:
        classes: number of classes.
        box_weight: how much boxes count beside centres.
        mask_weight: how much masks do.
    """

    def __init__(
        self, classes: int, box_weight: float = 2.0, mask_weight: float = 1.0, name: str = "loss", **kwargs: Any
    ) -> None:
        super().__init__(classes, box_weight, name=name, **kwargs)
        self.mask_weight = mask_weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Returns one loss an image, shape (batch,).

        Args:
            y_true: as `encode.masks` makes it.
            y_pred: the logits of `heads.masks`, shape (batch, height, width, ...).
        """
        y_true = ops.cast(y_true, "float32")
        boxes = super().call(y_true[..., : self.classes + 5], y_pred[..., : self.classes + 4])
        return boxes + self.mask_weight * self._masks(y_true, y_pred)

    def _masks(self, y_true: Any, y_pred: Any) -> Any:
        batch, height, width = (ops.shape(y_true)[axis] for axis in range(3))
        heat = ops.max(y_true[..., : self.classes], axis=-1) * ops.cast(y_true[..., self.classes + 4] > 0, "float32")
        most = min(_MOST, y_true.shape[1] * y_true.shape[2])
        nearness, cells = ops.top_k(ops.reshape(heat, (batch, height * width)), most)  # the centres come first
        counts = ops.cast(nearness > 0, "float32")
        there = self._at(y_true[..., self.classes : self.classes + 6], cells)
        own = self._at(y_pred[..., self.classes + 4 : self.classes + 4 + COEFFICIENTS], cells)

        left, top, right, bottom = (there[..., side] for side in range(4))
        middle_x = ops.cast(cells % width, "float32") + 0.5 + (right - left) / 2
        middle_y = ops.cast(cells // width, "float32") + 0.5 + (bottom - top) / 2
        half_x, half_y = ops.maximum(left + right, 0.1) / 2, ops.maximum(top + bottom, 0.1) / 2
        fine_x, u = self._across(middle_x, half_x, width)
        fine_y, v = self._across(middle_y, half_y, height)

        quarters = (fine_y % 2)[..., :, None] * 2 + (fine_x % 2)[..., None, :]
        places = ((fine_y // 2)[..., :, None] * width + (fine_x // 2)[..., None, :]) * QUARTERS + quarters
        numbers = self._quarters(y_true[..., self.classes + 6 :], places, LAYERS)
        wanted = ops.cast(ops.any(numbers == there[..., 5][..., None, None, None], axis=-1), "float32")
        prototypes = self._quarters(y_pred[..., self.classes + 4 + COEFFICIENTS :], places, PROTOTYPES)
        logits = ops.sum(prototypes * own[..., None, None, :PROTOTYPES], axis=-1)
        logits = logits + relative(own[..., PROTOTYPES:], u, v)
        each = (_entropy(wanted, logits) + _dice(wanted, ops.sigmoid(logits))) * counts
        images = ops.cast(batch, "float32")
        return ops.sum(each, axis=-1) / ops.maximum(ops.sum(counts) / images, 1.0 / images)

    def _at(self, values: Any, cells: Any) -> Any:
        """Returns what is said in some cells, shape (batch, cells, values)."""
        batch, height, width, channels = ops.shape(values)
        return ops.take_along_axis(ops.reshape(values, (batch, height * width, channels)), cells[..., None], axis=1)

    def _across(self, middle: Any, half: Any, cells: Any) -> tuple[Any, Any]:
        """Returns the half cells that a grid over boxes meets along one axis, and where these lie in the box."""
        steps = ((ops.arange(_GRID, dtype="float32") + 0.5) / _GRID * 2 - 1) * _BEYOND
        fine = ops.floor((middle[..., None] + steps * half[..., None]) * 2)
        fine = ops.clip(fine, 0, ops.cast(cells, "float32") * 2 - 1)
        return ops.cast(fine, "int32"), ((fine + 0.5) / 2 - middle[..., None]) / half[..., None]

    def _quarters(self, values: Any, places: Any, channels: int) -> Any:
        """Returns what is said on quarters of cells, shape (batch, cells, grid, grid, channels)."""
        batch, height, width, _all = ops.shape(values)
        flat = ops.reshape(values, (batch * height * width * QUARTERS, channels))
        start = ops.arange(batch, dtype="int32") * (height * width * QUARTERS)
        return ops.take(flat, places + ops.reshape(start, (-1, 1, 1, 1)), axis=0)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        return {**super().get_config(), "mask_weight": self.mask_weight}


def relative(coefficients: Any, u: Any, v: Any) -> Any:
    """Returns what coefficients make of the ellipse in a box, shape (..., rows, columns).

    Args:
        coefficients: shape (..., 6).
        u: from the left (-1) to the right (1) side of the box, shape (..., columns).
        v: from top to bottom, shape (..., rows).
    """
    one, across, down, across_twice, down_twice, both = (coefficients[..., each, None] for each in range(6))
    columns = across * u + (across_twice - ELLIPSE) * u * u
    rows = one + ELLIPSE + down * v + (down_twice - ELLIPSE) * v * v
    return columns[..., None, :] + rows[..., :, None] + both[..., None] * u[..., None, :] * v[..., :, None]


def _entropy(wanted: Any, logits: Any) -> Any:
    return ops.mean(ops.softplus(logits) - wanted * logits, axis=(-2, -1))


def _dice(wanted: Any, given: Any) -> Any:
    shared, sizes = ops.sum(wanted * given, axis=(-2, -1)), ops.sum(wanted + given, axis=(-2, -1))
    return 1 - (2 * shared + 1) / (sizes + 1)
