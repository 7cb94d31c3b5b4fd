"""Which places of an image speak for a class: Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391)."""

import cv2
import keras
import numpy as np

from training.engine.data.frame import Frame
from training.engine.errors import EngineError
from training.engine.tasks.task import Task
from training.engine.zoo.build import head_of

_LONGEST = 64  # pixels of a map's edge: it is smooth, and features are coarser


class HeatMaps:
    """Says where a model sees a class.

    Grad-CAM weighs every feature by the mean gradient of the class's logit with respect to it. Here a mean over all
    places and a dense layer follow the features, so that this gradient is the same in every place: the layer's weight
    by the number of places. The maps are exact, on every backend, and nothing has to be differentiated.

    Args:
        model: as `build` makes it for tasks about images as a whole.
        task: what it has learnt.

    Raises:
        EngineError: `no_heat_map`, for a model whose answers have places already.
    """

    def __init__(self, model: keras.Model, task: Task) -> None:
        pool = head_of(task).FEATURES
        if pool is None:
            raise EngineError(
                "no_heat_map",
                "This model says where things are already.",
                "Ask models that say the class of an image as a whole.",
            )
        self._features = keras.Model(model.input, model.get_layer(pool).input)
        self._weights = keras.ops.convert_to_numpy(model.get_layer("logits").kernel)

    def look_at(self, images: np.ndarray, label: int) -> np.ndarray:
        """Returns how much each place speaks for a class.

        Args:
            images: shape (batch, frame height, frame width, 3), RGB, 0..255.
            label: index of the class.

        Returns:
            Shape (batch, rows, columns) of the features, float32, from 0 up; what speaks against it is 0.
        """
        features = np.asarray(keras.ops.convert_to_numpy(self._features.predict_on_batch(images)), np.float32)
        return np.maximum(features @ self._weights[:, label], 0) / (features.shape[1] * features.shape[2])


def over_image(heat: np.ndarray, frame: Frame, matrix: np.ndarray, size: Frame) -> np.ndarray:
    """Returns a map as it lies over the image.

    Args:
        heat: shape (rows, columns), over the whole frame.
        frame: what the model reads.
        matrix: from places in the image to places on the frame, shape (3, 3).
        size: of the image.

    Returns:
        Of the image's proportions, at most 64 pixels long, uint8: 255 where most speaks for the class, 0 where nothing
        does and where the model has not looked.
    """
    scale = min(1.0, _LONGEST / max(size))
    height, width = max(1, round(size.height * scale)), max(1, round(size.width * scale))
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    moved = np.diag([width / size.width, height / size.height, 1.0]) @ np.linalg.inv(matrix)
    on_frame = cv2.resize(heat, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
    laid = cv2.warpAffine(on_frame, (np.linalg.inv(half) @ moved @ half)[:2], (width, height), flags=cv2.INTER_LINEAR)
    return np.round(255 * laid / max(float(laid.max()), 1e-9)).astype(np.uint8)
