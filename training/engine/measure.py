"""How fast this machine trains a preset and predicts with it, found in seconds on pictures of its own making."""

import hashlib
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np

from training.engine import environment
from training.engine.data.frame import Frame
from training.engine.data.prepare import Preparation, SplitData, prepare
from training.engine.data.version import Annotation, ImageRow, LabelClass, Version
from training.engine.data.windows import Viewer
from training.engine.events import EventList, Events
from training.engine.loop.speed import seconds_a_step
from training.engine.loop.stages import Stages
from training.engine.spec import RunSpec
from training.engine.tasks import task_for
from training.engine.zoo.build import build
from training.engine.zoo.costs import MEASURED_CLASSES, MOST_ON_CPU

_TRAINING_SECONDS = 5.0
_PREDICTING_SECONDS = 2.0
_MOST_STEPS = 50
_BATCHES = 4  # of pictures


def measure(preset: str, task_name: str, events: Events) -> dict[str, Any]:
    """Trains a few steps from scratch, with the preset's own settings, and predicts.

    Args:
        preset: of the shelf.
        task_name: one of its tasks.
        events: where `measured` goes.

    Returns:
        The fields of that event: `preset`, `task`, `device`, `frame` (height, width), `batch_size`,
        `train_images_per_second`, `predict_images_per_second`, `memory_bytes` (the most that this process had) and
        `seconds` that it all took.
    """
    begun = time.monotonic()
    events.emit("status", status="measuring", message=f"Measuring {preset}", progress=None)
    asked = RunSpec(preset=preset, task=task_name)
    batch_size = asked.resolved().batch_size if environment.has_gpu() else min(MOST_ON_CPU, asked.resolved().batch_size)
    plan = asked.model_copy(update={"batch_size": batch_size, "epochs": 1000}).resolved()
    xla = environment.configure(plan)
    workers = environment.worker_threads(plan.workers)
    classes = tuple(LabelClass(number, str(number), "#888888") for number in range(1, MEASURED_CLASSES + 1))
    task = task_for(task_name, classes)
    with tempfile.TemporaryDirectory() as folder:
        version = _made_up(Path(folder), classes, Frame.square(plan.image_size), _BATCHES * batch_size)
        frame = task.frame(plan.image_size, version.images)
        how = Preparation(Viewer(frame, plan.resize), Path(folder) / "cache", workers)
        splits = prepare(task, version, how, EventList())
        model = build(preset, task, frame, plan.dropout)
        stage = Stages(plan, task, model, splits, workers, xla, events).stage_of(0)
        step = seconds_a_step(stage, _TRAINING_SECONDS, _MOST_STEPS)
        memory = environment.peak_memory()["memory_bytes"]
        found = {
            "preset": preset,
            "task": task_name,
            "device": environment.device_name(),
            "frame": list(frame),
            "batch_size": batch_size,
            "train_images_per_second": round(batch_size / step, 2),
            "predict_images_per_second": round(_predicted(model, splits["train"], batch_size), 2),
            "memory_bytes": memory,
            "seconds": round(time.monotonic() - begun, 1),
        }
    events.emit("measured", **found)
    return found


def _predicted(model: keras.Model, data: SplitData, batch_size: int) -> float:
    """Returns images a second, without reading them."""
    batch = data.pixels.take(np.arange(batch_size))
    model.predict_on_batch(batch)  # compiles
    begun, done = time.monotonic(), 0
    while not done or (time.monotonic() - begun < _PREDICTING_SECONDS and done < _MOST_STEPS):
        model.predict_on_batch(batch)
        done += 1
    return done * batch_size / (time.monotonic() - begun)


def _made_up(folder: Path, classes: tuple[LabelClass, ...], frame: Frame, count: int) -> Version:
    """Writes noisy pictures that bear a tag and a box each, and returns a version of them, all for training."""
    rng = np.random.default_rng(0)
    rows = []
    for number in range(count):
        small = rng.integers(0, 256, (frame.height // 8, frame.width // 8, 3), np.uint8)
        done, file = cv2.imencode(".png", cv2.resize(small, (frame.width, frame.height)))
        assert done
        sha256 = hashlib.sha256(file.tobytes()).hexdigest()
        path = folder / sha256[:2] / sha256
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.tobytes())
        name = classes[number % len(classes)].id
        box = {"box": [frame.width / 4, frame.height / 4, frame.width / 2, frame.height / 2]}
        marks = (Annotation(name, "tag", {}), Annotation(name, "box", box))
        rows.append(ImageRow(number, sha256, f"{number}.png", frame.width, frame.height, "train", marks))
    return Version("", 0, "", "any", classes, tuple(rows), folder)
