"""A trained model on a split of a version."""

from pathlib import Path
from typing import Any

from training.engine import environment
from training.engine.atomic import write_json
from training.engine.data.prepare import Preparation, prepare
from training.engine.data.version import LabelClass, Version
from training.engine.errors import EngineError
from training.engine.evaluation.judge import Judge, sections, summary
from training.engine.events import Events
from training.engine.export.keras_file import load_model
from training.engine.export.opened import viewer_of
from training.engine.tasks import task_for

_BATCH_SIZE = 32


def evaluate(
    model_path: Path,
    version_folder: Path,
    split: str,
    output: Path,
    events: Events,
    *,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
) -> dict[str, Any]:
    """Evaluates a model and writes `metrics.json` and `predictions.parquet`.

    Classes are matched by id; images without a label of the model's classes are left out.

    Args:
        model_path: a `model.keras` or a result folder.
        version_folder: holds `version.json` and `manifest.parquet`.
        split: train, validation or test.
        output: folder for the figures.
        events: where progress goes.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images; None: `cache` in the version folder.

    Returns:
        The fields of the result event.

    Raises:
        EngineError: with a code, a sentence and a hint.
    """
    events.emit("status", status="preparing", message="Loading the model", progress=None)
    trained = load_model(model_path)
    card = trained.card
    version = Version.read(version_folder, image_folder)
    task = task_for(card["task"], list(map(LabelClass.of, card["classes"])))
    how = Preparation(viewer_of(card), cache_folder or version_folder / "cache", environment.worker_threads(None))
    splits = prepare(task, version, how, events, (split,))
    if not len(splits[split]):
        raise EngineError(
            "too_few_images",
            f"The {split} split has no images with a class of this model.",
            "Choose another split or version.",
        )
    events.emit("status", status="evaluating", message=f"Looking at {len(splits[split])} images", progress=None)
    judge = Judge(task, trained.model, _BATCH_SIZE, card.get("settings", {}))
    found = sections(judge, splits, (split,))
    write_json(output / "metrics.json", found)
    judge.write_predictions(output / "predictions.parquet")
    result = {"status": "completed", "metrics": {split: summary(found[split])}, "folder": str(output)}
    events.emit("result", **result)
    return result
