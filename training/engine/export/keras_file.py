"""A `.keras` file that knows its classes."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from training.engine.atomic import replacing
from training.engine.errors import EngineError

# Beside Keras' own entries in the archive; Keras ignores it.
_CARD = "labelapp.json"
MODEL_FILE = "model.keras"


@dataclass(frozen=True)
class TrainedModel:
    """A model and its card: task, classes, input size, how images are resized."""

    model: keras.Model
    card: dict[str, Any]


def save_model(model: keras.Model, card: dict[str, Any], path: Path) -> None:
    """Writes a model with its card inside, atomically."""
    with replacing(path) as part:
        model.save(part)
        with zipfile.ZipFile(part, "a") as archive:
            archive.writestr(_CARD, json.dumps(card, ensure_ascii=False))


def load_model(path: Path) -> TrainedModel:
    """Reads a model that the engine wrote.

    Args:
        path: a `.keras` file or a result folder.

    Raises:
        EngineError: `missing_weights` or `wrong_weights`.
    """
    file = path / MODEL_FILE if path.is_dir() else path
    if not file.is_file():
        raise EngineError("missing_weights", f"There is no model at {path}.", "Check the path.")
    try:
        with zipfile.ZipFile(file) as archive:
            card = json.loads(archive.read(_CARD))
        return TrainedModel(keras.saving.load_model(file, compile=False), card)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise EngineError(
            "wrong_weights",
            f"{file.name} is no model of this engine: {error}",
            "Use a model.keras that a run has written.",
        ) from error
