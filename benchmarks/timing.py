"""Seconds an epoch takes, measured alike for the engine and for plain Keras."""

import itertools
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np

from benchmarks.version_folder import Item, write_version
from training.engine.data.version import LabelClass
from training.engine.events import EventList
from training.engine.spec import RunSpec
from training.engine.tasks import Task, task_for
from training.engine.train import train


@dataclass(frozen=True)
class EngineEpochs:
    """Seconds of each epoch after the first, checkpoints and events included; seconds of preparation before it."""

    seconds: list[float]
    preparing: float


def engine_epochs(spec: RunSpec, version: Path, output: Path, cache: Path) -> EngineEpochs:
    """Trains with the engine; the first epoch, which compiles, is left out."""
    events = EventList()
    train(spec, version, output, events, cache_folder=cache)
    ends = [event["time"] for event in events.of("epoch")]
    timing = json.loads((output / "metrics.json").read_text(encoding="utf-8"))["timing"]
    return EngineEpochs([later - earlier for earlier, later in itertools.pairwise(ends)], timing["preparing"])


class EpochClock(keras.callbacks.Callback):
    """Notes when each epoch of `fit` ends."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[float] = []

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Notes the time."""
        self.ends.append(time.time())

    @property
    def seconds(self) -> list[float]:
        """Seconds of each epoch after the first."""
        return [later - earlier for earlier, later in zip(self.ends, self.ends[1:], strict=False)]


def photos(folder: Path, count: int, classes: int, width: int, height: int) -> list[Item]:
    """Writes JPEG files that compress like photos, a folder per class, as the usual script wants them."""
    rng = np.random.default_rng(0)
    items = []
    for number in range(count):
        name = f"class{number % classes}"
        path = folder / name / f"{number:05d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        coarse = rng.integers(0, 256, (12, 16, 3), np.uint8)
        image = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        grain = rng.normal(0, 6, image.shape)
        cv2.imwrite(str(path), np.clip(image + grain, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 90])
        items.append(Item(path, [name], "train"))
    return items


def training_only(folder: Path, items: Sequence[Item]) -> Path:
    """Freezes images that are all for training: nothing but the training itself is timed."""
    return write_version(folder, items)


def classification(classes: int) -> Task:
    """Returns the task of telling so many classes apart."""
    return task_for("classification", [LabelClass(number, str(number), "#888888") for number in range(1, classes + 1)])


def report(name: str, value: float, unit: str, against: str, **detail: Any) -> None:
    """Prints one result as a line of JSON."""
    rounded = {key: _rounded(item) for key, item in detail.items()}
    print(json.dumps({"name": name, "value": _rounded(value), "unit": unit, "against": against, "detail": rounded}))
    sys.stdout.flush()


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def median(values: Sequence[float]) -> float:
    """Returns the median."""
    return float(statistics.median(values))
