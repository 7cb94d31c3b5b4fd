"""Some real images of a version, as a model reads them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from training.engine.data.cache import PixelCache, Source
from training.engine.data.frame import Frame, ResizeMode
from training.engine.data.version import Version
from training.engine.data.windows import Viewer
from training.engine.errors import EngineError
from training.engine.processors import available


def sample(
    version: Version,
    splits: Sequence[str],
    count: int,
    frame: Frame,
    mode: ResizeMode,
    cache: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> np.ndarray:
    """Returns images of the first split that has any, always the same ones.

    Args:
        version: where they are from.
        splits: in the order in which they are tried.
        count: how many at most.
        frame: the size of the input.
        mode: how images are laid on it.
        cache: folder of decoded images.
        progress: called with the images decoded and those to decode in all.

    Returns:
        Shape (images, frame.height, frame.width, 3), uint8.

    Raises:
        EngineError: `too_few_images` or `corrupt_image`.
    """
    there = next((some for split in splits if (some := [each for each in version.images if each.split == split])), [])
    if not there:
        raise EngineError("too_few_images", "There are no images in this version.", "Freeze a version with images.")
    chosen = [there[at] for at in np.random.default_rng(0).permutation(len(there))[:count]]
    sources = [Source(image.sha256, version.file_of(image)) for image in chosen]
    found = PixelCache(cache, Viewer(frame, mode)).read(sources, min(8, available()), progress)
    if not len(found.pixels):
        raise EngineError(
            "corrupt_image",
            f"None of {len(chosen)} images of this version can be decoded.",
            "Put their files back, or choose another version.",
        )
    return found.pixels.take(range(len(found.pixels)))
