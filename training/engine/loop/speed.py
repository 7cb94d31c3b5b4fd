"""How long a step takes."""

import itertools
import time
from collections.abc import Generator

from training.engine.data.batch import Batch
from training.engine.loop.stages import Stage

_WARM_STEPS = 2  # the first is compiled, the second fills the pipeline


def seconds_a_step(stage: Stage, seconds: float, most_steps: int) -> float:
    """Trains a few steps and returns how long one of them took, with all that a step waits for.

    The stage's weights are not what they were afterwards.

    Args:
        stage: ready to be trained.
        seconds: after which no further step is begun.
        most_steps: that are timed, at most.
    """
    stage.stepper.start_epoch()
    batches = _without_end(stage)
    for batch in itertools.islice(batches, _WARM_STEPS):
        stage.stepper.step(batch)
    stage.stepper.metrics()  # waits for the device
    begun, done = time.monotonic(), 0
    for batch in itertools.islice(batches, most_steps):
        stage.stepper.step(batch)
        done += 1
        if time.monotonic() - begun > seconds:
            break
    stage.stepper.metrics()
    taken = (time.monotonic() - begun) / done
    batches.close()  # its threads end
    stage.stepper.end_epoch()
    return taken


def _without_end(stage: Stage) -> Generator[Batch, None, None]:
    for epoch in itertools.count():
        yield from stage.feed.epoch(epoch)
