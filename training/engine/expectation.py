"""How long a run will take, from what a rehearsal of it took."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.engine.spec import ResolvedSpec


@dataclass(frozen=True)
class Sizes:
    """How much there is to do.

    Args:
        counts: images of each split.
        batch_size: images at once.
        to_decode: images whose pixels are not cached yet.
        workers: threads that decode.
    """

    counts: Mapping[str, int]
    batch_size: int
    to_decode: int
    workers: int


@dataclass(frozen=True)
class Pace:
    """What one stage of learning takes, in seconds.

    Args:
        compiling: once, before its first step.
        batch: each batch of training images.
        judging: each batch of validation images.
        keeping: the checkpoint of an epoch.
    """

    compiling: float
    batch: float
    judging: float
    keeping: float

    @classmethod
    def of(cls, events: Sequence[dict[str, Any]], steps: int, batch_size: int, validation_images: int) -> "Pace":
        """Reads it off the events of a stage of two epochs, of which the first has compiled what the second uses.

        Args:
            events: `epoch` and `checkpoint` events in their order.
            steps: of an epoch.
            batch_size: images a step.
            validation_images: that each epoch judged.
        """
        first, second = (event for event in events if event["event"] == "epoch")
        batch = batch_size / max(second["images_per_second"], 1e-6)
        learning = steps * batch
        judged = max(1, math.ceil(validation_images / batch_size))
        return cls(
            compiling=max(0.0, first["seconds"] - second["seconds"]),
            batch=batch,
            judging=max(0.0, second["seconds"] - learning) / judged,
            keeping=max(0.0, events[-1]["time"] - second["time"]),
        )


def expected(
    plan: ResolvedSpec, sizes: Sizes, paces: Sequence[Pace], decoding: float, took: Mapping[str, float]
) -> float:
    """Returns the seconds that a run takes if it is not stopped early.

    Args:
        plan: of the run.
        sizes: of its data.
        paces: of its stages, in order.
        decoding: seconds for one image.
        took: seconds of each stage of the rehearsal.
    """
    batches = {name: math.ceil(count / sizes.batch_size) for name, count in sizes.counts.items()}
    frozen, whole = plan.freeze_epochs, plan.epochs - plan.freeze_epochs
    seconds = took["version"] + took["model"] + took["result"] + decoding * sizes.to_decode / sizes.workers
    for pace, epochs in zip(paces, (each for each in (frozen, whole) if each), strict=True):
        seconds += pace.compiling + epochs * (
            batches["train"] * pace.batch + batches["validation"] * pace.judging + pace.keeping
        )
    return seconds + (batches["validation"] + batches["test"]) * paces[-1].judging


def of_stages(events: Sequence[dict[str, Any]], epochs: int) -> list[Sequence[dict[str, Any]]]:
    """Returns the events of each stage, when every stage has had so many epochs."""
    ends = [index for index, event in enumerate(events) if event["event"] == "checkpoint" and event["kind"] == "last"]
    marks = [0, *(ends[index] + 1 for index in range(epochs - 1, len(ends), epochs))]
    return [events[start:end] for start, end in itertools.pairwise(marks)]
