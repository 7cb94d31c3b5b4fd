"""What an uploaded file is: a picture that can be labelled, or a reason that a person understands.

Nothing here trusts the file: only the formats below are opened, pixels are counted before they are decoded, and
whatever a decoder throws comes out as ``Refused``.
"""

import struct
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import IO

import PIL.Image
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ExifTags, UnidentifiedImageError, features

from labelapp.images.sniffing import guess

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "JPEG2000", "PPM"]  # JPEG may turn out to be MPO, its sequence
if features.check("avif"):
    FORMATS.append("AVIF")
CONTENT_TYPES = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif",
    "BMP": "image/bmp", "TIFF": "image/tiff", "JPEG2000": "image/jp2", "PPM": "image/x-portable-anymap",
    "AVIF": "image/avif",
}  # fmt: skip
TAKEN = "JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF, JPEG 2000, PPM"
# Otherwise Pillow registers decoders as file names suggest them, and fails when asked for others.
PIL.Image.init()
# Decoding this many pixels takes hundreds of megabytes: one such picture at a time in each process.
LARGE_PIXELS = 50_000_000
_one_large_picture = threading.Lock()


class Refused(Exception):
    """A file that cannot be an image here; its text says why, for a person."""


@dataclass(frozen=True)
class Facts:
    """What is known of a picture that could be decoded. Width and height are those of the upright picture."""

    format: str
    width: int
    height: int
    orientation: int  # EXIF, 1 to 8
    frames: int

    @property
    def note(self) -> str:
        if self.frames < 2 or self.format == "MPO":
            return ""
        return _("Only the first of its {count} pictures is used.").format(count=self.frames)


def inspect(file: IO[bytes]) -> Facts:
    """Decode the whole file once.

    Args:
        file: A seekable binary file; it is left at an undefined position.

    Raises:
        Refused: With the reason, whatever is wrong.
    """
    size_bytes = file.seek(0, 2)
    if not size_bytes:
        raise Refused(_("The file is empty."))
    if size_bytes > settings.MAX_IMAGE_BYTES:
        raise Refused(
            _("The file has {size} MB; at most {limit} MB are taken.").format(
                size=-(-size_bytes // 2**20), limit=settings.MAX_IMAGE_BYTES // 2**20
            )
        )
    with opened(file) as picture:
        if picture.format == "PNG":
            picture.load()  # its EXIF data may lie behind the pixels: reading that first would hide what is wrong here
        orientation, (width, height) = orientation_of(picture), picture.size
        if picture.format == "JPEG":
            # Reads the whole stream, so that a cut one is noticed, but computes an eighth of the pixels.
            picture.draft(None, (1, 1))
        picture.load()
        if picture.format not in ("JPEG", "MPO"):
            width, height = picture.size
        # Pillow turns TIFF files upright by itself while it loads them.
        if orientation >= 5 and picture.format != "TIFF":
            width, height = height, width
        return Facts(str(picture.format), width, height, orientation, frames_of(picture))


@contextmanager
def opened(file: IO[bytes]):
    """The file as a Pillow image whose pixels may be loaded; every failure inside comes out as ``Refused``."""
    file.seek(0)
    try:
        with PIL.Image.open(file, formats=FORMATS) as picture:
            pixels = picture.width * picture.height
            if pixels > settings.MAX_IMAGE_PIXELS:
                raise Refused(too_many_pixels(pixels))
            with _one_large_picture if pixels > LARGE_PIXELS else nullcontext():
                yield picture
    except Refused:
        raise
    except PIL.Image.DecompressionBombError as error:
        raise Refused(too_many_pixels()) from error
    except UnidentifiedImageError as error:
        raise Refused(unknown(file)) from error
    except MemoryError as error:
        raise Refused(_("There is not enough memory to decode this picture.")) from error
    except (OSError, EOFError, ValueError, SyntaxError, LookupError, TypeError, struct.error) as error:
        raise Refused(broken(error)) from error
    except Exception as error:  # a decoder's own surprise must not become the site's
        raise Refused(_("The picture is damaged and cannot be decoded.")) from error


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


def too_many_pixels(pixels: int | None = None) -> str:
    limit = settings.MAX_IMAGE_PIXELS // 1_000_000
    if pixels is None:
        return _("The picture has far too many pixels; at most {limit} million are taken.").format(limit=limit)
    return _("The picture has {count} million pixels; at most {limit} million are taken.").format(
        count=-(-pixels // 1_000_000), limit=limit
    )


def unknown(file: IO[bytes]) -> str:
    file.seek(0)
    what = guess(file.read(4096))
    if what is None:
        return _("This is not a picture, or it is damaged. Taken are {formats}.").format(formats=TAKEN)
    return _("This is {what}, not a picture that can be labelled. Taken are {formats}.").format(
        what=what, formats=TAKEN
    )


def broken(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or "end of file" in text or isinstance(error, EOFError):
        return _("The picture is cut off: its file ends too early.")
    return _("The picture is damaged and cannot be decoded.")
