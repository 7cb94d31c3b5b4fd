"""One run from spec and version folder to result folder."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from training.engine import environment, trials
from training.engine.atomic import write_json
from training.engine.data.cache import MAX_BYTES
from training.engine.data.checks import check_splits
from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData, prepare
from training.engine.errors import EngineError
from training.engine.evaluation.judge import Judge, sections, summary
from training.engine.events import Events
from training.engine.export.keras_file import MODEL_FILE, save_model
from training.engine.groundwork import Groundwork, lay_out
from training.engine.loop.checkpoint import CheckpointFolder
from training.engine.loop.progress import Progress
from training.engine.loop.stages import Stages
from training.engine.loop.trainer import Trainer
from training.engine.spec import ResolvedSpec, RunSpec
from training.engine.tasks import Task
from training.engine.trials import Settings
from training.engine.zoo.build import build
from training.engine.zoo.weights import start


def train(
    spec: RunSpec,
    version_folder: Path,
    output: Path,
    events: Events,
    *,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
    cache_bytes: int = MAX_BYTES,
    resume: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """Trains a model and writes the result folder; docs/engine.md lists what is in it.

    Args:
        spec: what to train and how.
        version_folder: holds `version.json` and `manifest.parquet`.
        output: the result folder; made when it is not there.
        events: where progress goes.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images, shared between runs; None: `cache` in the version folder.
        cache_bytes: size the cache is kept to.
        resume: go on from the last checkpoint in `output`, if there is one.
        should_stop: asked after every step; True ends training with the best weights so far.

    Returns:
        The fields of the result event.

    Raises:
        EngineError: with a code, a sentence and a hint.
        Exception: whatever else went wrong; `errors.translate` tells what it means.
    """
    begun = time.monotonic()
    ground = lay_out(spec, version_folder, events, image_folder, cache_folder, cache_bytes)
    version, task, plan, frame = ground.version, ground.task, ground.plan, ground.frame
    splits = prepare(task, version, ground.how, events)
    check_splits(task, {name: data.truth for name, data in splits.items()}, events)

    checkpoints = CheckpointFolder(output / "checkpoints", {**plan.model_dump(mode="json"), "version": version.hash})
    progress = checkpoints.read_progress() if resume else None
    if progress is None:
        checkpoints.clear()
    settings = _settings(ground, splits, progress, events)
    model, loaded = first_model(plan, task, frame, progress)
    events.emit("log", level="info", message=loaded)
    write_json(output / "spec.json", plan.model_dump(mode="json"))
    write_json(output / "environment.json", environment.describe())
    prepared_seconds = time.monotonic() - begun

    progress = progress or Progress(xla=settings.xla)
    message = f"Training {model.count_params():,} parameters" + (f" from epoch {progress.epoch + 1}" if resume else "")
    events.emit("status", status="running", message=message, progress=None)
    stages = Stages(plan, task, model, splits, settings.workers, settings.xla, events)
    trainer = Trainer(plan, task, model, splits, stages, checkpoints, output, events, should_stop)
    status = trainer.run(progress)

    events.emit("status", status="evaluating", message="Evaluating the best weights", progress=None)
    checkpoints.load_best(model)
    timing = {"preparing": prepared_seconds, "training": progress.train_seconds}
    card = card_of(ground, model, loaded, progress)
    metrics = finish(model, task, plan, splits, card, progress, timing, begun, output, events)
    result = {"status": status, "metrics": metrics, "folder": str(output)}
    events.emit("result", **result)
    return result


def card_of(ground: Groundwork, model: keras.Model, loaded: str, progress: Progress) -> dict[str, Any]:
    """Returns what a model's card says before the model is judged."""
    version, plan = ground.version, ground.plan
    return {
        "task": ground.task.name,
        "preset": plan.preset,
        "classes": [item.told for item in version.classes],
        "image_size": plan.image_size,
        "frame": list(ground.frame),
        "resize": plan.resize,
        "tile": plan.tile,
        "tile_overlap": plan.tile_overlap,
        "parameters": model.count_params(),
        "weights": plan.weights,
        "loaded": loaded,
        "version": {"project": version.project, "number": version.number, "hash": version.hash},
        "best_epoch": progress.best_epoch,
        "epochs": progress.epoch,
    }


def _settings(ground: Groundwork, splits: dict[str, SplitData], progress: Progress | None, events: Events) -> Settings:
    """Returns how this machine is used; a resumed run keeps to what it was begun with, and tries nothing."""
    first = Settings(ground.xla, ground.how.workers)
    if progress is not None:
        return first if progress.xla is None else replace(first, xla=progress.xla)
    found = trials.best(ground.plan, ground.task, ground.frame, splits, ground.how.cache, first, events)
    environment.configure(ground.plan)  # a trial draws from the seeds
    return found


def first_model(
    plan: ResolvedSpec, task: Task, frame: Frame, progress: Progress | None = None
) -> tuple[keras.Model, str]:
    """Returns the model and a sentence on its weights; a resumed run gets all of them from its checkpoint."""
    if progress is not None:
        model = build(plan.preset, task, frame, plan.dropout)
        return model, f"Going on after epoch {progress.epoch}."
    if not isinstance(plan.weights, str):
        raise EngineError(
            "missing_weights",
            f"Model {plan.weights.model} was not resolved to a file.",
            "Give the path of its model.keras: ids are known to the site only.",
        )
    begin = start(plan.preset, task, frame, plan.dropout, plan.weights)
    return begin.model, begin.loaded


def finish(
    model: keras.Model,
    task: Task,
    plan: ResolvedSpec,
    splits: dict[str, SplitData],
    card: dict[str, Any],
    progress: Progress,
    timing: dict[str, float],
    begun: float,
    output: Path,
    events: Events,
) -> dict[str, Any]:
    """Evaluates, writes model, figures and card; returns the summary of the figures."""
    evaluating = time.monotonic()
    model = _in_full_precision(model, plan, task)
    judge = Judge(task, model, plan.batch_size)
    found = sections(judge, splits, ("validation", "test"))
    judge.write_predictions(output / "predictions.parquet")
    timing["evaluating"] = time.monotonic() - evaluating

    events.emit("status", status="saving", message="Writing the result", progress=None)
    card["settings"] = judge.settings
    save_model(model, card, output / MODEL_FILE)
    best = progress.history[progress.best_epoch - 1]["metrics"] if progress.best_epoch else {}
    metrics = {
        "test": summary(found["test"]),
        "validation": summary(found["validation"]),
        "train": {name: value for name, value in best.items() if not name.startswith("val_")},
    }
    timing["total"] = time.monotonic() - begun
    timing = {name: round(seconds, 3) for name, seconds in timing.items()}
    write_json(
        output / "metrics.json", {**found, "train": metrics["train"], "history": progress.history, "timing": timing}
    )
    file_size = (output / MODEL_FILE).stat().st_size
    write_json(output / "card.json", {**card, "file_size": file_size, "metrics": metrics, "seconds": timing["total"]})
    return metrics


def _in_full_precision(model: keras.Model, plan: ResolvedSpec, task: Task) -> keras.Model:
    """Returns the model in float32, so that its file runs at full speed and precision anywhere."""
    if keras.mixed_precision.global_policy().name == "float32":
        return model
    keras.mixed_precision.set_global_policy("float32")
    full = build(plan.preset, task, Frame(*model.input_shape[1:3]), plan.dropout)
    full.set_weights(model.get_weights())
    return full
