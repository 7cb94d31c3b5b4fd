"""OpenVINO's intermediate representation."""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.export.runtime import Runtime

if TYPE_CHECKING:
    import keras

_FILE = "model.xml"


def write(model: "keras.Model", folder: Path, images: np.ndarray | None = None) -> None:
    """Writes the model into a folder.

    By way of a SavedModel: of a model in memory, OpenVINO takes the gradients of SiLU for outputs.

    Args:
        model: any model of the engine.
        folder: is there already.
        images: are not needed.
    """
    from training.engine.export import saved_model

    openvino = _imported()
    with tempfile.TemporaryDirectory() as between:
        saved_model.write(model, Path(between))
        converted = openvino.convert_model(next(Path(between).iterdir()))
    openvino.save_model(converted, folder / _FILE, compress_to_fp16=False)


def load(folder: Path) -> Runtime:
    """Returns what OpenVINO makes of it, on the processor."""
    compiled = _imported().Core().compile_model(folder / _FILE, "CPU")
    return lambda batch: list(compiled(batch.astype(np.float32)).to_tuple())


def _imported() -> Any:
    # It would tell its makers of every conversion; without this package it does not.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
