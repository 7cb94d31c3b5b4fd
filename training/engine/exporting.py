"""A trained model in another format, compared with itself, and packed with all that it needs to be run."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training.engine.data.version import LabelClass, Version
from training.engine.errors import EngineError, translate
from training.engine.events import Events
from training.engine.export.compare import compare
from training.engine.export.formats import FORMATS, ExportFormat
from training.engine.export.keras_file import load_model
from training.engine.export.opened import frame_of, loaded, missing, of_keras, shapes_of
from training.engine.export.package import write_package
from training.engine.export.sample import sample
from training.engine.tasks import task_for

_COMPARED = 64  # images
_CALIBRATING = 100


def export(
    model_path: Path,
    version_folder: Path,
    name: str,
    output: Path,
    events: Events,
    *,
    int8: bool = False,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
) -> dict[str, Any]:
    """Writes a model in another format, lets the runtime of that read it again, and compares both on real images.

    Args:
        model_path: a `model.keras` or a result folder.
        version_folder: holds `version.json` and `manifest.parquet`; images of it are compared on: of test, else of
            validation, else of train.
        name: of the format.
        output: the archive to write.
        events: where progress goes.
        int8: whether to make it of whole numbers, calibrated on training images.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images; None: `cache` in the version folder.

    Returns:
        The fields of the result event.

    Raises:
        EngineError: with a code, a sentence and a hint.
    """
    form = FORMATS[name]
    if int8 and not form.int8:
        raise EngineError("bad_format", f"{form.title} is not made of whole numbers here.", "Leave int8 out.")
    if form.missing:
        raise missing(form, form.missing)
    _tell(events, "preparing", "Loading the model", 0.02)
    trained = load_model(model_path)
    card, frame = trained.card, frame_of(trained.card)
    task = task_for(card["task"], list(map(LabelClass.of, card["classes"])))
    version = Version.read(version_folder, image_folder)
    cache = cache_folder or version_folder / "cache"

    def images(splits: tuple[str, ...], count: int) -> np.ndarray:
        return sample(version, splits, count, frame, card["resize"], cache)

    _tell(events, "preparing", "Reading images", 0.05)
    compared = images(("test", "validation", "train"), _COMPARED)
    calibrating = images(("train", "validation", "test"), _CALIBRATING) if int8 else None
    with tempfile.TemporaryDirectory(prefix="labelapp-export-") as between:
        folder = Path(between)
        _tell(events, "running", f"Writing {form.title}", 0.1)
        _write(form, trained.model, folder, calibrating)
        _tell(events, "evaluating", "Comparing it with the model", 0.6)
        comparison = compare(
            task,
            card.get("settings", {}),
            of_keras(trained.model),
            loaded(form, folder),
            compared,
            frame,
            lambda share: _tell(events, "evaluating", "Comparing it with the model", 0.6 + 0.35 * share),
        )
        _tell(events, "saving", "Packing", 0.96)
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
        about = {
            "format": name,
            "int8": int8,
            "frame": list(frame),
            "outputs": [list(shape) for shape in shapes_of(trained.model)],
            "model_size": size,
            "comparison": asdict(comparison),
        }
        write_package(folder, form, {**card, "export": about}, output)
    result = {"status": "completed", "file": str(output), "file_size": output.stat().st_size, **about}
    events.emit("result", **result)
    return result


def _write(form: ExportFormat, model: keras.Model, folder: Path, images: np.ndarray | None) -> None:
    try:
        form.verbs.write(model, folder, images)
    except Exception as error:  # every converter has its own
        meaning = translate(error)
        if meaning.code != "internal":
            raise meaning from error
        raise EngineError(
            "export_failed",
            f"This model cannot be written as {form.title}: {meaning.message[:300]}",
            "Choose another format.",
        ) from error


def _tell(events: Events, status: str, message: str, progress: float) -> None:
    events.emit("status", status=status, message=message, progress=round(progress, 3))
