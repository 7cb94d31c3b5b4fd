"""A dry run: every stage of a training in seconds, on a few images, before hours are spent."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from training.engine import environment
from training.engine.data.cache import PixelCache
from training.engine.data.decode import DecodeError, decode
from training.engine.data.prepare import SplitData, prepare, sources_of
from training.engine.errors import EngineError
from training.engine.events import EventList, Events
from training.engine.expectation import Pace, Sizes, expected, of_stages
from training.engine.groundwork import Groundwork, lay_out
from training.engine.loop.checkpoint import CheckpointFolder
from training.engine.loop.progress import Progress
from training.engine.loop.stages import Stages
from training.engine.loop.trainer import Trainer
from training.engine.predict import Predictor
from training.engine.spec import RunSpec
from training.engine.train import card_of, finish, first_model

_IMAGES = 16  # decoded for training; they stand in for all others
_OTHERS = 8  # of the validation and of the test images
_TIMED = 6  # decoded once more, to see how long that takes
_STEPS = 2  # an epoch
_EPOCHS = 2  # a stage: the first compiles, the second is timed


def check(
    spec: RunSpec,
    version_folder: Path,
    events: Events,
    *,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
    output: Path | None = None,
) -> dict[str, Any]:
    """Does all that `train` does, with its own parts, on a few images; keeps nothing but decoded images.

    Args:
        spec: what would be trained.
        version_folder: holds `version.json` and `manifest.parquet`.
        events: where progress goes; a `check` event for every stage that went well.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images, shared between runs; None: `cache` in the version folder.
        output: a folder on the disk that the run would write to; None: that of temporary files.

    Returns:
        The fields of the result event: expected seconds and bytes, and what each stage took.

    Raises:
        EngineError: as `train`.
    """
    stages = _Stages(events)
    with stages.timed("version"):
        ground = lay_out(spec, version_folder, events, image_folder, cache_folder)
        counts = ground.check_labels(events)
    with stages.timed("images"):
        few = ground.with_few_images(_IMAGES, _OTHERS)
        splits = prepare(few.task, few.version, few.how, events)
        batch_size = min(ground.plan.batch_size, counts["train"])
        splits["train"] = splits["train"].repeated(_STEPS * batch_size)
        decoding = _seconds_to_decode(few)
    if output:
        output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix="check-") as folder:
        paces = _rehearse(few, splits, Path(folder), stages, events)
        written = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        free = shutil.disk_usage(folder).free
    images = ground.task.targets(ground.version).images
    sources = [source for image in images for source in sources_of(ground.version, image, ground.how.viewer)]
    missing = PixelCache(ground.how.cache, ground.how.viewer).missing(sources)
    sizes = Sizes(counts, batch_size, missing, ground.how.workers)
    needed = written + missing * ground.frame.width * ground.frame.height * 3
    if needed > free:
        raise EngineError(
            "disk_full",
            f"The run needs about {needed / 1e9:.1f} GB of disk; {free / 1e9:.1f} GB are free.",
            "Free some space, or point the cache and output folders at a larger disk.",
        )
    result = {
        "status": "completed",
        "stages": stages.took,
        "expected_seconds": round(expected(ground.plan, sizes, paces, decoding, stages.took), 1),
        "epochs": ground.plan.epochs,
        **environment.peak_memory(),
        "disk_bytes": needed,
        "disk_free_bytes": free,
    }
    events.emit("result", **result)
    return result


def _rehearse(
    few: Groundwork, splits: dict[str, SplitData], folder: Path, stages: "_Stages", events: Events
) -> list[Pace]:
    """Goes through everything behind the images; returns the pace of each stage of learning."""
    frozen = _EPOCHS if few.plan.freeze_epochs else 0
    whole = _EPOCHS if few.plan.freeze_epochs < few.plan.epochs else 0
    plan = few.plan.model_copy(update={"epochs": frozen + whole, "freeze_epochs": frozen, "early_stopping": 0})
    with stages.timed("model"):
        model, loaded = first_model(plan, few.task, few.frame)
        events.emit("log", level="info", message=loaded)
    heard, progress = _Overheard(events), Progress()
    checkpoints = CheckpointFolder(folder / "checkpoints", plan.model_dump(mode="json"))
    with stages.timed("learning"):
        schedule = Stages(plan, few.task, model, splits, few.how.workers, few.xla, heard)
        trainer = Trainer(plan, few.task, model, splits, schedule, checkpoints, folder, heard, lambda: False)
        trainer.run(progress)
    with stages.timed("checkpoint"):
        checkpoints.read_progress()
        checkpoints.restore(model, None)
        checkpoints.load_best(model)
    with stages.timed("result"):
        # Already repeated images would be judged again and again: the two other splits tell as much.
        card = card_of(few, model, loaded, progress)
        finish(model, few.task, plan, splits, card, progress, {}, time.monotonic(), folder, heard)
    with stages.timed("prediction"):
        list(Predictor(folder).predict(few.version.file_of(image) for image in few.version.images[:_OTHERS]))
    learnt = [event for event in heard.events if event["event"] in ("epoch", "checkpoint")]
    batch_size = len(splits["train"]) // _STEPS
    return [Pace.of(each, _STEPS, batch_size, len(splits["validation"])) for each in of_stages(learnt, _EPOCHS)]


def _seconds_to_decode(few: Groundwork) -> float:
    """Returns what one image, or one tile, takes; those that cannot be decoded were told of before."""
    images, viewer, done = few.version.images[:_TIMED], few.how.viewer, 0
    begun = time.monotonic()
    for image in images:
        views = viewer.views(*image.size)
        done += len(views)
        with suppress(DecodeError):
            decoded = decode(few.version.file_of(image), viewer.enough)
            for view in views:
                viewer.pixels(decoded, view.window)
    return (time.monotonic() - begun) / done


class _Stages:
    """Notes what each stage took, and tells of it as it ends."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self.took: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.took[name] = round(time.monotonic() - begun, 3)
        self._events.emit("check", stage=name, seconds=self.took[name])


class _Overheard(EventList):
    """Keeps all that a training says; passes on what it is at, as the epochs are none that anybody asked for."""

    def __init__(self, events: Events) -> None:
        super().__init__()
        self._passed_on = events

    def emit(self, event: str, **fields: Any) -> None:
        super().emit(event, **fields)
        if event in ("status", "log"):
            self._passed_on.emit(event, **fields)
