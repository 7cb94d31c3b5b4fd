"""An export against the model it was made of, on the same images."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.engine.data.frame import Frame
from training.engine.export.runtime import Runtime
from training.engine.tasks.task import Task

BATCH = 16
_ROUNDS = 3
_SECONDS = 0.25  # of each measurement, at least


@dataclass(frozen=True)
class Comparison:
    """How near an export comes to the model, and how fast it is.

    Args:
        images: how many were looked at.
        largest_difference: between any two numbers of the outputs; where these are larger than one, in proportion.
        agreement: share of what both decide alike, as the task has it; 0..1.
        one_per_second: images a second, one at a time: of the model and of the export.
        batch_per_second: the same in batches of 16.
    """

    images: int
    largest_difference: float
    agreement: float
    one_per_second: tuple[float, float]
    batch_per_second: tuple[float, float]


def compare(
    task: Task,
    settings: dict[str, Any],
    model: Runtime,
    export: Runtime,
    pixels: np.ndarray,
    frame: Frame,
    progress: Callable[[float], None] = lambda share: None,
) -> Comparison:
    """Lets both look at the same images.

    Args:
        task: what was learnt.
        settings: what was chosen after training, such as a threshold.
        model: as Keras runs it.
        export: as its own runtime runs it.
        pixels: shape (images, height, width, 3), uint8; one image at least.
        frame: the size of the input.
        progress: called with the share that is done, 0..1.
    """
    largest, ours, theirs = 0.0, [], []
    for start in range(0, len(pixels), BATCH):
        # Always as many: another size would be compiled anew.
        wanted = np.arange(start, min(start + BATCH, len(pixels)))
        batch = pixels[np.resize(wanted, BATCH)]
        (first,), (second,) = model(batch), export(batch)
        first, second = first[: len(wanted)], second[: len(wanted)]
        largest = max(largest, float((np.abs(first - second) / np.maximum(1, np.abs(first))).max()))
        ours.append(task.read(first, frame))
        theirs.append(task.read(second, frame))
        progress((start + len(wanted)) / len(pixels) / 2)
    agreement = task.agreement(np.concatenate(ours), np.concatenate(theirs), settings)
    runs, filled = (model, export), pixels[np.resize(np.arange(len(pixels)), max(BATCH, len(pixels)))]
    one = _rates(runs, filled[:1])
    progress(0.75)
    return Comparison(len(pixels), largest, agreement, one, _rates(runs, filled[:BATCH]))


def _rates(runs: tuple[Runtime, Runtime], batch: np.ndarray) -> tuple[float, float]:
    """Returns images a second of both, taken in turn; the best counts, as others may be at work on the machine."""
    for run in runs:
        run(batch)
    rounds = [[_rate(run, batch) for run in runs] for _ in range(_ROUNDS)]
    model, export = (max(each) for each in zip(*rounds, strict=True))
    return model, export


def _rate(run: Runtime, batch: np.ndarray) -> float:
    begun, images = time.perf_counter(), 0
    while (seconds := time.perf_counter() - begun) < _SECONDS:
        run(batch)
        images += len(batch)
    return images / seconds
