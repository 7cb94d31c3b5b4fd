"""Which learning rate a model stands: the rate rises from batch to batch until the loss explodes."""

import itertools
import math
import time
from pathlib import Path
from typing import Any

import numpy as np

from training.engine.data.prepare import prepare
from training.engine.events import Events
from training.engine.groundwork import lay_out
from training.engine.loop.stages import Stages
from training.engine.metrics.rate_curve import RateCurve
from training.engine.spec import RunSpec
from training.engine.train import first_model

_STEPS = 100
_LOWEST, _HIGHEST = 1e-6, 10.0
_SECONDS = 0.25  # between two words on the progress


def find_rate(
    spec: RunSpec,
    version_folder: Path,
    events: Events,
    *,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
) -> dict[str, Any]:
    """Raises the learning rate exponentially over a hundred batches, and proposes one (arXiv:1506.01186).

    It begins with the weights that the run would begin with and trains what would learn first; nothing is kept but
    decoded images.

    Args:
        spec: what would be trained.
        version_folder: holds `version.json` and `manifest.parquet`.
        events: where progress goes.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images, shared between runs; None: `cache` in the version folder.

    Returns:
        The fields of the result event: `rates`, `losses`, `smoothed`, `proposed` and whether it is `clear`.

    Raises:
        EngineError: as `train`.
    """
    ground = lay_out(spec, version_folder, events, image_folder, cache_folder)
    ground.check_labels(events)
    few = ground.with_few_images(_STEPS * ground.plan.batch_size, 0)
    splits = prepare(few.task, few.version, few.how, events)
    # One batch a step and the weights themselves: what is looked for is how far a step may go.
    plan = few.plan.model_copy(update={"gradient_accumulation": 1, "weight_averaging": 0.0})
    model, loaded = first_model(plan, few.task, few.frame)
    events.emit("log", level="info", message=loaded)
    rates = [float(rate) for rate in np.geomspace(_LOWEST, _HIGHEST, _STEPS)]
    stage = Stages(plan, few.task, model, splits, few.how.workers, few.xla, events, rates).stage_of(0)
    batches = itertools.chain.from_iterable(stage.feed.epoch(epoch) for epoch in itertools.count())
    curve, said = RateCurve(), 0.0
    for rate, batch in zip(rates, batches, strict=False):
        stage.stepper.start_epoch()
        stage.stepper.step(batch)
        loss = stage.stepper.metrics()["loss"]
        stage.stepper.end_epoch()
        if not math.isfinite(loss):
            break
        curve.add(rate, loss)
        if time.monotonic() - said >= _SECONDS:
            said = time.monotonic()
            done = round(len(curve.rates) / _STEPS, 3)
            events.emit("status", status="running", message=f"Trying a learning rate of {rate:.2g}", progress=done)
        if curve.explodes:
            break
    result = {
        "status": "completed",
        "rates": curve.rates,
        "losses": [round(loss, 6) for loss in curve.losses],
        "smoothed": [round(loss, 6) for loss in curve.smoothed],
        "proposed": curve.proposed,
        "clear": curve.clear,
    }
    events.emit("result", **result)
    return result
