"""What tasks have in common whose answer is about an image as a whole: nothing in it has a place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.version import ImageRow, LabelClass

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TOLD = 3  # classes that are told of one image among many


class WholeImage:
    """Targets and predictions are rows of numbers, whatever happens to the image."""

    head = "classifier"
    fewest_classes = 2
    activation: str
    classes: Sequence[LabelClass]

    def frame(self, image_size: int, images: Sequence[ImageRow]) -> Frame:
        """Returns a square."""
        return Frame.square(image_size)

    def moved(self, target: Any, matrix: np.ndarray, frame: Frame) -> Any:
        """Returns it as it is."""
        return target

    def canvas(self, size: Frame) -> Frame:
        """Returns the size of the image: nothing has a place on it."""
        return size

    def encode(self, targets: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns them as they are."""
        return targets

    def first_settings(self) -> dict[str, Any]:
        """Returns nothing: without validation images there is nothing to choose by."""
        return {}

    def read(self, outputs: np.ndarray, frame: Frame) -> np.ndarray:
        """Returns the probabilities, shape (samples, classes)."""
        return outputs


def classes_told(decoded: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns of decoded answers the class and how probable it is."""
    return [{"class_id": each["class_id"], "score": each["score"]} for each in decoded]


def listed(probabilities: np.ndarray) -> "pa.Array":
    """Returns rows of probabilities as a column."""
    import pyarrow as pa  # tables are for training alone

    return pa.array(probabilities.tolist(), pa.list_(pa.float32()))
