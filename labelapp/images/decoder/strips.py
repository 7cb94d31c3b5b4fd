"""Pictures that are too large to be held, read from top to bottom by libvips, some rows at a time.

Loaded before the process is confined: afterwards no library could be opened.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import IO, Any

import PIL.Image
import pyvips
from PIL.Image import Resampling

from .drawing import GAP, webp
from .levels import TILE
from .pictures import Bounds, opened, orientation_of
from .protocol import Unfit
from .tiling import Tiling

LOADERS = {"JPEG": "VipsForeignLoadJpeg", "PNG": "VipsForeignLoadPng", "TIFF": "VipsForeignLoadTiff"}

# libvips knows many formats, some by libraries that nobody has tried on hostile files.
pyvips.block_untrusted_set(True)
pyvips.operation_block_set("VipsForeignLoad", True)
for each in LOADERS.values():
    pyvips.operation_block_set(each, False)
pyvips.cache_set_max(0)
pyvips.concurrency_set(1)  # each thread has memory of its own, and computing is counted for all together


def measure(file: IO[bytes], bounds: Bounds) -> dict[str, Any]:
    """Reads the whole stream, and keeps none of it."""
    with opened(file, bounds) as picture:
        if picture.format not in LOADERS:
            raise Unfit("memory")
        orientation, (width, height) = orientation_of(picture), picture.size
        source = reader(file)
        attempt(lambda: image_of(source).avg())
        if orientation >= 5:
            width, height = height, width
        return {
            "format": picture.format, "width": width, "height": height, "orientation": orientation, "frames": 1,
        }  # fmt: skip


def draw(file: IO[bytes], sizes: Sequence[tuple[int, int]], bounds: Bounds) -> list[bytes]:
    check(file, bounds)
    side = sizes[0][0]
    settings = {"height": side, "size": "down", "output_profile": "srgb"}
    source = reader(file)  # named, so that it lives as long as it is read from: pyvips does not see to that
    smaller = attempt(lambda: pillow(pyvips.Image.thumbnail_source(source, side, **settings)))
    rendered = []
    for each, quality in sizes:
        smaller.thumbnail((each, each), Resampling.LANCZOS, reducing_gap=GAP)
        rendered.append(webp(smaller, quality))
    return rendered


def tile(file: IO[bytes], bounds: Bounds, emit: Callable[[int, int, list[bytes]], None]) -> None:
    if check(file, bounds) != 1:
        raise Unfit("turned")  # its upper rows may be the last of the file
    source = reader(file)
    image = attempt(lambda: plain(image_of(source)))
    region = pyvips.Region.new(image)  # what is read ahead is kept from one strip to the next
    tiling = Tiling(image.width, image.height, emit)
    for top in range(0, image.height, TILE):
        size = (image.width, min(TILE, image.height - top))
        tiling.add(rgb(size, attempt(partial(region.fetch, 0, top, *size))))


def check(file: IO[bytes], bounds: Bounds) -> int:
    """That it is one of the formats that may be read here; returns its orientation."""
    with opened(file, bounds) as picture:
        if picture.format not in LOADERS:
            raise Unfit("memory")
        return orientation_of(picture)


def image_of(source: Any) -> Any:
    return pyvips.Image.new_from_source(source, "", access="sequential", fail_on="truncated")


def reader(file: IO[bytes]) -> Any:
    file.seek(0)
    source = pyvips.SourceCustom()
    source.on_read(lambda length: file.read(length))
    source.on_seek(lambda offset, whence: file.seek(offset, whence))
    return source


def plain(image: Any) -> Any:
    """sRGB of 8 bits on white."""
    if image.get_typeof("icc-profile-data"):
        image = image.icc_transform("srgb", embedded=True)
    image = image.colourspace("srgb")
    if image.hasalpha():
        image = image.flatten(background=255)
    return image.cast("uchar")


def pillow(image: Any) -> PIL.Image.Image:
    image = plain(image)
    return rgb((image.width, image.height), image.write_to_memory())


def rgb(size: tuple[int, int], content: Any) -> PIL.Image.Image:
    return PIL.Image.frombuffer("RGB", size, content, "raw", "RGB", 0, 1)


def attempt(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except pyvips.Error as error:
        text = str(error).lower()
        if "out of memory" in text or "unable to allocate" in text:
            raise Unfit("memory") from error
        raise Unfit("cut" if "truncated" in text or "premature" in text or "end of" in text else "damaged") from error
