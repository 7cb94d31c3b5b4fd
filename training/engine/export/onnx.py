"""ONNX, run by ONNX Runtime."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from training.engine.export.runtime import Runtime

if TYPE_CHECKING:
    import keras

_FILE = "model.onnx"


def write(model: "keras.Model", folder: Path, images: np.ndarray | None = None) -> None:
    """Writes the model into a folder.

    Args:
        model: any model of the engine.
        folder: is there already.
        images: are not needed.
    """
    from training.engine.export.at_rest import at_rest

    at_rest(model).export(str(folder / _FILE), format="onnx", verbose=False)


def load(folder: Path) -> Runtime:
    """Returns what ONNX Runtime makes of it, on the processor.

    Raises:
        Exception: the file has an operation that ONNX Runtime does not know, which writing it does not tell.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / _FILE), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda batch: session.run(None, {name: batch.astype(np.float32)})
