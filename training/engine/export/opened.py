"""A trained model in memory, from whichever file."""

import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.windows import OVERLAP, Viewer
from training.engine.errors import EngineError
from training.engine.export.formats import FORMATS, INSTALL, ExportFormat
from training.engine.export.runtime import Runtime, most_at_once

if TYPE_CHECKING:
    import keras

CARD = "card.json"
MODEL = "model"  # the folder of an export with what its format has written


@dataclass(frozen=True)
class Opened:
    """A model ready to answer.

    Args:
        run: gives its outputs.
        card: task, classes, input size, how images are resized.
        outputs: shape of each of its outputs for one image.
    """

    run: Runtime
    card: dict[str, Any]
    outputs: list[tuple[int, ...]]

    @property
    def frame(self) -> Frame:
        """The size of the model's input."""
        return frame_of(self.card)

    @property
    def viewer(self) -> Viewer:
        """How the model looks at images."""
        return viewer_of(self.card)

    def affordable(self, batch_size: int) -> int:
        """Returns how many images can be looked at in one go: answers for every pixel are large."""
        return most_at_once(self.outputs, batch_size)


def opened(path: Path) -> Opened:
    """Returns a model of any kind.

    Args:
        path: a `.keras` file, a result folder, an export, or the folder that one was unpacked to.

    Raises:
        EngineError: `missing_weights`, `wrong_weights`, `missing_package` or `export_refused`.
    """
    if path.suffix == ".zip":
        return _of_archive(path)
    if (path / MODEL).is_dir():
        return _of_export(path)
    from training.engine.export.keras_file import load_model

    trained = load_model(path)
    return Opened(of_keras(trained.model), trained.card, shapes_of(trained.model))


def frame_of(card: dict[str, Any]) -> Frame:
    """Returns the size of a model's input; cards without one are of models that read squares."""
    return Frame(*card["frame"]) if "frame" in card else Frame.square(card["image_size"])


def viewer_of(card: dict[str, Any]) -> Viewer:
    """Returns how a model looks at images: cards that name no tiles are of models that see them whole."""
    return Viewer(frame_of(card), card["resize"], card.get("tile", 0), card.get("tile_overlap", OVERLAP))


def of_keras(model: "keras.Model") -> Runtime:
    """Returns what Keras makes of a model: a function compiled once for each size of batch."""

    def run(batch: np.ndarray) -> list[np.ndarray]:
        answers = model.predict_on_batch(batch)
        return [np.asarray(each, np.float32) for each in (answers if isinstance(answers, list | tuple) else [answers])]

    return run


def shapes_of(model: "keras.Model") -> list[tuple[int, ...]]:
    """Returns the shape of each output for one image."""
    return [tuple(output.shape[1:]) for output in model.outputs]


def _of_archive(path: Path) -> Opened:
    # Once a runtime has the model, it needs the files no more.
    with tempfile.TemporaryDirectory(prefix="labelapp-export-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
        except (zipfile.BadZipFile, OSError) as error:
            raise EngineError(
                "wrong_weights", f"{path.name} cannot be read: {error}", "Make the export anew."
            ) from error
        return _of_export(Path(folder))


def _of_export(folder: Path) -> Opened:
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        told = card["export"]
        form = FORMATS[told["format"]]
        outputs = [tuple(shape) for shape in told["outputs"]]
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise EngineError(
            "wrong_weights", f"{folder.name} is no export of this engine.", "Make the export anew."
        ) from error
    return Opened(loaded(form, folder / MODEL), card, outputs)


def loaded(form: ExportFormat, folder: Path) -> Runtime:
    """Returns what the runtime of a format makes of its files.

    Raises:
        EngineError: `missing_package`, or `export_refused` where the runtime does not take them.
    """
    try:
        return form.verbs.load(folder)
    except ImportError as error:
        raise missing(form, [error.name or ""]) from error
    except Exception as error:  # every runtime has its own
        raise EngineError(
            "export_refused",
            f"{form.title} does not run this model: {_first_line(error)}",
            "Choose another format.",
        ) from error


def missing(form: ExportFormat, modules: list[str]) -> EngineError:
    """Returns the error of packages that are not installed."""
    return EngineError(
        "missing_package",
        f"{form.title} needs packages that are not installed here: {', '.join(modules)}.",
        f"Install them with: {INSTALL}",
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
