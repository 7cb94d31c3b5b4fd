"""From a version to pixels and targets, split by split."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.engine.data.cache import MAX_BYTES, PixelCache, Source
from training.engine.data.frame import Frame, ResizeMode, placement
from training.engine.data.pixels import Pixels
from training.engine.data.version import SPLITS, ImageRow, Version
from training.engine.errors import EngineError
from training.engine.events import Events
from training.engine.tasks.task import Task

_NAMED_FAILURES = 20


@dataclass(frozen=True)
class SplitData:
    """One split, ready to be learnt from or judged by; all have one entry an image.

    Args:
        images: of the split.
        pixels: on the frame.
        targets: with places on the frame.
        truth: the same with places in the image.
        maps: from places in the image to places on the frame, shape (images, 3, 3).
    """

    images: list[ImageRow]
    pixels: Pixels
    targets: np.ndarray
    truth: np.ndarray
    maps: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def repeated(self, count: int) -> "SplitData":
        """Returns a split of so many images, which are these again and again."""
        again = np.resize(np.arange(len(self)), count)
        images = [self.images[index] for index in again]
        return SplitData(images, self.pixels.only(again), self.targets[again], self.truth[again], self.maps[again])


@dataclass(frozen=True)
class Preparation:
    """How images are to be prepared.

    Args:
        frame: the size that images get.
        mode: how they are laid on it.
        cache: folder of the pixel cache.
        workers: threads that decode.
        max_corrupt_share: share of images that may be unreadable.
        cache_bytes: size the cache is kept to.
    """

    frame: Frame
    mode: ResizeMode
    cache: Path
    workers: int
    max_corrupt_share: float = 0.2
    cache_bytes: int = MAX_BYTES


def prepare(
    task: Task, version: Version, how: Preparation, events: Events, splits: Sequence[str] = SPLITS
) -> dict[str, SplitData]:
    """Decodes what is not cached yet and returns the splits.

    Unlabelled images are left out and counted; unreadable ones are left out and named.

    Raises:
        EngineError: `corrupt_image`, when more are unreadable than allowed; what the task finds wrong with labels.
    """
    labels = task.targets(version)
    if labels.unlabelled:
        events.emit("log", level="info", message=f"{labels.unlabelled} images have no label and are left out.")
    wanted = [index for index, image in enumerate(labels.images) if image.split in splits]
    images = [labels.images[index] for index in wanted]
    truth = labels.targets[wanted]
    maps = np.array([placement(each.width, each.height, how.frame, how.mode).matrix for each in images]).reshape(
        -1, 3, 3
    )
    cache = PixelCache(how.cache, how.frame, how.mode, how.cache_bytes)

    def progress(done: int, total: int) -> None:
        events.emit(
            "status",
            status="preparing",
            message=f"Decoded {done} of {total} images",
            progress=round(done / max(1, total), 3),
        )

    found = cache.read([Source(image.sha256, version.file_of(image)) for image in images], how.workers, progress)
    _report_failures([(images[index].name, why) for index, why in found.failed.items()], len(images), how, events)
    result = {}
    for split in splits:
        members = [n for n, index in enumerate(found.kept) if images[index].split == split]
        kept = found.kept[members]
        targets = truth[kept]
        for place, index in enumerate(kept):
            targets[place] = task.moved(targets[place], maps[index], how.frame)
        result[split] = SplitData(
            [images[index] for index in kept], found.pixels.only(members), targets, truth[kept], maps[kept]
        )
    counts = ", ".join(f"{len(data)} {split}" for split, data in result.items())
    events.emit("log", level="info", message=f"Images: {counts}; {found.decoded} decoded, the rest was cached.")
    return result


def _report_failures(failed: list[tuple[str, str]], total: int, how: Preparation, events: Events) -> None:
    for name, why in failed[:_NAMED_FAILURES]:
        events.emit("log", level="warning", message=f"{name} cannot be decoded and is left out: {why}.")
    if len(failed) > _NAMED_FAILURES:
        events.emit("log", level="warning", message=f"So it is with {len(failed) - _NAMED_FAILURES} more images.")
    if failed and len(failed) > how.max_corrupt_share * total:
        raise EngineError(
            "corrupt_image",
            f"{len(failed)} of {total} images cannot be decoded, such as {failed[0][0]}: {failed[0][1]}.",
            "Replace or delete these images and freeze a new version.",
        )
