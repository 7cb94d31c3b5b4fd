"""From a version to pixels and targets, split by split."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from training.engine.data.cache import MAX_BYTES, PixelCache, Source
from training.engine.data.pixels import Pixels
from training.engine.data.version import SPLITS, ImageRow, Version
from training.engine.data.windows import View, Viewer
from training.engine.errors import EngineError
from training.engine.events import Events
from training.engine.tasks.task import Task

_NAMED_FAILURES = 20


@dataclass(frozen=True)
class SplitData:
    """One split, ready to be learnt from or judged by.

    Args:
        images: of the split.
        truth: what is on each image, with places in its pixels.
        views: how each image is looked at: whole, or through several windows.
        pixels: of each view, on the frame; image after image.
        targets: what is to be found in each view, with places on the frame.
        tiled: whether images are looked at through windows.
    """

    images: list[ImageRow]
    truth: np.ndarray
    views: list[list[View]]
    pixels: Pixels
    targets: np.ndarray
    tiled: bool = False

    def __len__(self) -> int:
        return len(self.images)

    def repeated(self, count: int) -> "SplitData":
        """Returns a split of so many images, which are these again and again."""
        return self.only(np.resize(np.arange(len(self)), count))

    def places(self, images: np.ndarray) -> np.ndarray:
        """Returns the positions of all views of some images, one image after the other."""
        ends = np.cumsum([len(each) for each in self.views])
        return np.concatenate([np.arange(ends[image] - len(self.views[image]), ends[image]) for image in images])

    def only(self, images: np.ndarray) -> "SplitData":
        """Returns some of the images, by position."""
        places, chosen = self.places(images), images.tolist()
        return replace(
            self,
            images=[self.images[image] for image in chosen],
            truth=self.truth[images],
            views=[self.views[image] for image in chosen],
            pixels=self.pixels.only(places),
            targets=self.targets[places],
        )

    @property
    def judged(self) -> np.ndarray:
        """What is on each image as answers are compared with it: on the frame, or in its pixels where it is tiled."""
        return self.truth if self.tiled else self.targets


@dataclass(frozen=True)
class Preparation:
    """How images are to be prepared.

    Args:
        viewer: how images are looked at.
        cache: folder of the pixel cache.
        workers: threads that decode.
        max_corrupt_share: share of images that may be unreadable.
        cache_bytes: size the cache is kept to.
    """

    viewer: Viewer
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
    views = [how.viewer.views(each.width, each.height) for each in images]
    owners = np.repeat(np.arange(len(images)), np.array([len(each) for each in views], np.int64))
    cache = PixelCache(how.cache, how.viewer, how.cache_bytes)

    def progress(done: int, total: int) -> None:
        events.emit(
            "status",
            status="preparing",
            message=f"Decoded {done} of {total} images",
            progress=round(done / max(1, total), 3),
        )

    sources = [source for image in images for source in sources_of(version, image, how.viewer)]
    found = cache.read(sources, how.workers, progress)
    failed = {int(owners[index]): why for index, why in found.failed.items()}
    _report_failures([(images[index].name, why) for index, why in failed.items()], len(images), how, events)
    result = {}
    for split in splits:
        members = [n for n, index in enumerate(found.kept) if images[owners[index]].split == split]
        kept = np.unique(owners[found.kept[members]])
        targets = truth[owners[found.kept[members]]]
        for place, view in enumerate(view for index in kept for view in views[index]):
            targets[place] = task.moved(targets[place], view.matrix, how.viewer.frame)
        result[split] = SplitData(
            [images[index] for index in kept],
            truth[kept],
            [views[index] for index in kept],
            found.pixels.only(members),
            targets,
            bool(how.viewer.tile),
        )
    decoded = f"{found.decoded} tiles" if how.viewer.tile else found.decoded
    counts = ", ".join(f"{len(data)} {split}" for split, data in result.items())
    events.emit("log", level="info", message=f"Images: {counts}; {decoded} decoded, the rest was cached.")
    return result


def sources_of(version: Version, image: ImageRow, viewer: Viewer) -> list[Source]:
    """Returns what is read of an image, view by view."""
    whole = Source(image.sha256, version.file_of(image))
    return [replace(whole, window=view.window) for view in viewer.views(*image.size)] if viewer.tile else [whole]


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
