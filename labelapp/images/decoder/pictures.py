"""What a file is: a picture that can be labelled, or the code of a reason.

Nothing here trusts the file: only the formats below are opened, pixels are counted before they are decoded, and
whatever a decoder throws comes out as ``Unfit``. What it cannot throw (a crash, a hang) ends this process alone.
"""

import contextlib
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import PIL.Image
from PIL import ExifTags, UnidentifiedImageError, features

from .protocol import Unfit

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "JPEG2000", "PPM"]  # JPEG may turn out to be MPO, its sequence
if features.check("avif"):
    FORMATS.append("AVIF")
# Otherwise Pillow registers decoders as file names suggest them, and fails when asked for others.
PIL.Image.init()
# Damaged EXIF data is no news, and pixels are counted here: a picture is taken or refused by what it holds.
warnings.simplefilter("ignore")

# Bytes that a pixel takes at most while it is decoded and drawn: the picture and what is converted from it.
BYTES_OF_MODE = {"1": 2, "L": 2, "P": 6, "RGB": 5, "CMYK": 5, "LAB": 5}
BYTES_OF_OTHER_MODES = 12
BYTES_BESIDE = {"JPEG2000": 16, "AVIF": 8, "WEBP": 8}  # in the libraries' own buffers
BYTES_OF_COEFFICIENTS = 6


@dataclass(frozen=True)
class Bounds:
    """What a picture may have and take."""

    pixels: int
    memory: int  # bytes
    generous: bool  # whether no other decoder has more memory

    @property
    def too_small(self) -> str:
        """The code of a picture that needs more memory than there is here."""
        return "memory" if self.generous else "large"

    @property
    def unheld(self) -> str:
        """The code of a picture that must not even be tried here: it may be read by ``strips``."""
        return "vast" if self.generous else "large"


@contextlib.contextmanager
def opened(file: IO[bytes], bounds: Bounds) -> Iterator[PIL.Image.Image]:
    """The file as a Pillow image whose pixels may be loaded; every failure inside comes out as ``Unfit``."""
    # Our own limit counts. Pillow refuses at twice its limit, before it allocates; below that it only warns.
    PIL.Image.MAX_IMAGE_PIXELS = bounds.pixels
    file.seek(0)
    try:
        with PIL.Image.open(file, formats=FORMATS) as picture:
            pixels = picture.width * picture.height
            if pixels > bounds.pixels:
                raise Unfit("pixels", count=pixels)
            yield picture
    except Unfit:
        raise
    except PIL.Image.DecompressionBombError as error:
        raise Unfit("bomb") from error
    except UnidentifiedImageError as error:
        raise Unfit("unknown") from error
    except MemoryError as error:
        raise Unfit(bounds.too_small) from error
    except (OSError, EOFError, ValueError, SyntaxError, LookupError, TypeError, struct.error) as error:
        raise Unfit(fault(error)) from error
    except Exception as error:  # a decoder's own surprise
        raise Unfit("damaged") from error


def measure(file: IO[bytes], bounds: Bounds) -> dict[str, Any]:
    """Decode the whole file once; width and height are those of the upright picture."""
    with opened(file, bounds) as picture:
        if picture.format == "PNG":
            fitting(picture, picture.size, bounds)
            picture.load()  # its EXIF data may lie behind the pixels: reading that first would hide what is wrong here
        orientation, (width, height) = orientation_of(picture), picture.size
        if picture.format == "JPEG":
            # Reads the whole stream, so that a cut one is noticed, but computes an eighth of the pixels.
            picture.draft(None, (1, 1))
        fitting(picture, (width, height), bounds)
        picture.load()
        if picture.format not in ("JPEG", "MPO"):
            width, height = picture.size
        # Pillow turns TIFF files upright by itself while it loads them.
        if orientation >= 5 and picture.format != "TIFF":
            width, height = height, width
        return {
            "format": picture.format, "width": width, "height": height, "orientation": orientation,
            "frames": frames_of(picture),
        }  # fmt: skip


def fitting(picture: PIL.Image.Image, full_size: tuple[int, int], bounds: Bounds) -> None:
    """Before pixels are loaded: leave a picture that may need more memory to a decoder that has it."""
    pixels = picture.width * picture.height
    each = BYTES_OF_MODE.get(picture.mode, BYTES_OF_OTHER_MODES) + BYTES_BESIDE.get(str(picture.format), 0)
    needed = pixels * each
    if picture.info.get("progressive"):  # all of its coefficients are kept, however few pixels are asked for
        needed += full_size[0] * full_size[1] * BYTES_OF_COEFFICIENTS
    if needed > bounds.memory:
        raise Unfit(bounds.unheld)


def orientation_of(picture: PIL.Image.Image) -> int:
    try:
        orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # damaged EXIF data: the pixels may still be fine
        return 1
    return orientation if orientation in range(1, 9) else 1


def frames_of(picture: PIL.Image.Image) -> int:
    try:
        return int(getattr(picture, "n_frames", 1))
    except Exception:  # counting walks through frames that are not used here
        return 1


def fault(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or "end of file" in text or isinstance(error, EOFError):
        return "cut"
    return "damaged"
