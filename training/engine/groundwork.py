"""What a spec means on a version: read before anything is decoded or built."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from training.engine import environment
from training.engine.data.cache import MAX_BYTES
from training.engine.data.checks import check_splits
from training.engine.data.frame import Frame, fitted
from training.engine.data.prepare import Preparation
from training.engine.data.version import SPLITS, Version
from training.engine.data.windows import Viewer, windows
from training.engine.events import Events
from training.engine.spec import ResolvedSpec, RunSpec
from training.engine.tasks import Task, task_for


@dataclass(frozen=True)
class Groundwork:
    """A spec and a version, laid out for this machine.

    Args:
        version: as it was read.
        task: what is learnt from it.
        plan: the spec with nothing left open.
        frame: the size of a model's input.
        xla: whether steps are compiled with XLA.
        how: how images are prepared.
    """

    version: Version
    task: Task
    plan: ResolvedSpec
    frame: Frame
    xla: bool
    how: Preparation

    def check_labels(self, events: Events) -> dict[str, int]:
        """Refuses labels that nothing can be learnt from; returns how many images of each split have a label.

        Raises:
            EngineError: as `check_splits`, and what the task finds wrong.
        """
        labels = self.task.targets(self.version)
        split_of = np.array([image.split for image in labels.images])
        check_splits(self.task, {name: labels.targets[split_of == name] for name in SPLITS}, events)
        return {name: int(np.sum(split_of == name)) for name in SPLITS}

    def with_few_images(self, count: int, others: int) -> "Groundwork":
        """Returns the same with some labelled images alone, chosen by the seed.

        Args:
            count: of the training images, at most.
            others: of the images of each other split, at most.
        """
        rng, chosen = np.random.default_rng(self.plan.seed), []
        labelled = self.task.targets(self.version).images
        for split in SPLITS:
            images = [image for image in labelled if image.split == split]
            most = min(count if split == "train" else others, len(images))
            chosen += [images[index] for index in rng.permutation(len(images))[:most]]
        return replace(self, version=replace(self.version, images=tuple(chosen)))


def lay_out(
    spec: RunSpec,
    version_folder: Path,
    events: Events,
    image_folder: Path | None = None,
    cache_folder: Path | None = None,
    cache_bytes: int = MAX_BYTES,
) -> Groundwork:
    """Reads a version, fills in the spec, and sets this process up for it.

    Args:
        spec: what to train and how.
        version_folder: holds `version.json` and `manifest.parquet`.
        events: where progress goes.
        image_folder: where image files lie; None: `images` in the version folder.
        cache_folder: decoded images, shared between runs; None: `cache` in the version folder.
        cache_bytes: size the cache is kept to.

    Raises:
        EngineError: `bad_version`.
    """
    events.emit("status", status="preparing", message="Reading the version", progress=None)
    version = Version.read(version_folder, image_folder)
    task = task_for(spec.task, version.classes)
    learnt_from = [image for image in version.images if image.split == "train"]
    in_training = sum(len(windows(*image.size, spec.tile, spec.tile_overlap)) for image in learnt_from)
    plan = spec.resolved(in_training, max((max(image.width, image.height) for image in version.images), default=None))
    xla = environment.configure(plan)
    frame = task.frame(plan.image_size, version.images)
    if plan.tile:
        frame = fitted(plan.image_size, [(plan.tile, plan.tile)])
    viewer = Viewer(frame, plan.resize, plan.tile, plan.tile_overlap)
    cache = cache_folder or version_folder / "cache"
    workers = environment.worker_threads(plan.workers)
    how = Preparation(viewer, cache, workers, plan.max_corrupt_share, cache_bytes)
    return Groundwork(version, task, plan, frame, xla, how)
