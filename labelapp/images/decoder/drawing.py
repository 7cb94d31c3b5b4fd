"""Draws a picture as the browser shall see it: upright, sRGB, 8 bits, on white, no larger than asked."""

import io
from collections.abc import Callable, Sequence
from typing import IO

import PIL.Image
from PIL import ImageCms
from PIL.Image import Resampling, Transpose

from .levels import TILE
from .pictures import Bounds, fitting, opened, orientation_of
from .protocol import Unfit
from .tiling import Tiling

UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
}  # fmt: skip
GAP = 3.0  # the last step of resizing averages over at least so many pixels a side
BYTES_WHILE_TILED = 14  # per pixel: the picture, a copy in other colours, and a turned one
DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


def draw(file: IO[bytes], sizes: Sequence[tuple[int, int]], bounds: Bounds) -> list[bytes]:
    """The picture as WebP by decoding it once.

    Args:
        sizes: Longest side in pixels, and quality; the largest side first.
    """
    rendered = []
    with opened(file, bounds) as picture:
        smaller = upright(picture, sizes[0][0], bounds)
        for side, quality in sizes:
            smaller.thumbnail((side, side), Resampling.LANCZOS, reducing_gap=GAP)
            rendered.append(webp(smaller, quality))
    return rendered


def pixels(file: IO[bytes], most: int, bounds: Bounds) -> tuple[tuple[int, int], bytes]:
    """The picture's size, at most so many pixels in all, and their colours: RGB, row by row."""
    with opened(file, bounds) as picture:
        width, height = picture.size
        side = max(int(max(width, height) * min(1.0, (most / (width * height)) ** 0.5)), 1)
        smaller = upright(picture, side, bounds)
    return smaller.size, smaller.tobytes()


def tile(file: IO[bytes], bounds: Bounds, emit: Callable[[int, int, list[bytes]], None]) -> None:
    """All tiles of the picture, as ``Tiling`` tells of them."""
    with opened(file, bounds) as picture:
        if picture.width * picture.height * BYTES_WHILE_TILED > bounds.memory:
            raise Unfit(bounds.unheld)
        whole = upright(picture, max(picture.size), bounds)
    tiling = Tiling(whole.width, whole.height, emit)
    for top in range(0, whole.height, TILE):
        tiling.add(whole.crop((0, top, whole.width, min(top + TILE, whole.height))))


def upright(picture: PIL.Image.Image, size: int, bounds: Bounds) -> PIL.Image.Image:
    """An RGB copy, turned as its EXIF data says, about twice ``size`` or less."""
    full_size = picture.size
    picture.draft(None, (size, size))
    fitting(picture, full_size, bounds)
    picture.load()
    orientation = orientation_of(picture)  # after loading: Pillow has then turned TIFF files, and says so
    profile = picture.info.get("icc_profile")
    resizable = resizable_copy(picture, size)
    resizable.thumbnail((size, size), Resampling.LANCZOS, reducing_gap=GAP)
    colours = on_white(to_srgb(resizable, profile))
    return colours.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else colours


def resizable_copy(picture: PIL.Image.Image, size: int) -> PIL.Image.Image:
    """In a mode whose pixels can be averaged, and a large picture of such a mode already some times smaller."""
    if picture.mode in DEEP:
        return eight_bits(picture)
    if picture.mode in ("P", "PA"):
        return picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    if "transparency" in picture.info and picture.mode in ("1", "L", "RGB"):
        return picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("La", "RGBa"):
        return picture.convert(picture.mode.upper())
    if picture.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "LAB"):
        return picture.reduce(max(int(max(picture.size) / size / GAP), 1))
    return picture.convert("RGB")


def eight_bits(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Grey of more than 8 bits, scaled by the range it uses.

    16-bit files often carry 10, 12 or 14 bits, so the range ends at the bit depth that holds the brightest pixel;
    floats and 32-bit integers have no range of their own and are stretched from their darkest to their brightest.
    """
    deep = picture.convert("F") if picture.mode in ("F", "I") else picture.convert("I").convert("F")
    low, high = (float(each) for each in deep.getextrema())  # type: ignore[arg-type]
    if picture.mode not in ("F", "I"):
        low, high = 0.0, next(2.0**bits - 1 for bits in (8, 10, 12, 14, 16) if high < 2**bits)
    if not (high > low and abs(low) < float("inf") and high < float("inf")):
        return PIL.Image.new("L", picture.size, 128 if high == low and low else 0)
    factor = 255.0 / (high - low)
    return deep.point(lambda value: value * factor + (0.5 - low * factor)).convert("L")


def to_srgb(picture: PIL.Image.Image, profile: bytes | None) -> PIL.Image.Image:
    """By the colour profile in the file where there is one that can be read."""
    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    colours = picture.convert(picture.mode.removesuffix("A")) if alpha else picture
    colours = by_profile(colours, profile) or by_default(colours)
    if alpha:
        colours.putalpha(alpha)
    return colours


def by_profile(picture: PIL.Image.Image, profile: bytes | None) -> PIL.Image.Image | None:
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a damaged profile, or one of another colour space: the colours are shown as they are


def by_default(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB")
        assert converted is not None
        return converted
    return picture.convert("RGB")


def on_white(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = PIL.Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def webp(picture: PIL.Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=quality, method=2)
    return file.getvalue()
