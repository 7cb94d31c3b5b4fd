"""TensorFlow's SavedModel."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from training.engine.export.runtime import Runtime

if TYPE_CHECKING:
    import keras

_FOLDER = "saved_model"


def write(model: "keras.Model", folder: Path, images: np.ndarray | None = None) -> None:
    """Writes the model into a folder.

    Args:
        model: any model of the engine.
        folder: is there already.
        images: are not needed.
    """
    from training.engine.export.at_rest import at_rest

    at_rest(model).export(folder / _FOLDER, format="tf_saved_model", verbose=False)


def load(folder: Path) -> Runtime:
    """Returns what TensorFlow makes of it."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(folder / _FOLDER))

    def run(batch: np.ndarray) -> list[np.ndarray]:
        answers = loaded.serve(tf.constant(batch, tf.float32))
        return [each.numpy() for each in (answers if isinstance(answers, list | tuple) else [answers])]

    return run
