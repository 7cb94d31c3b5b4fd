"""What an uploaded file is: a picture that can be labelled, or a reason that a person understands.

The site itself decodes nothing: ``decoder`` does, in processes that may crash, hang or run out of memory.
"""

import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from labelapp.formats.mask_picture import MaskPicture, Unreadable
from labelapp.images.decoder.decoder import Limits, Told
from labelapp.images.decoder.pool import NoDecoder, Pool
from labelapp.images.decoder.protocol import Unfit
from labelapp.images.sniffing import guess
from labelapp.lib.passing import Lacking

CONTENT_TYPES = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif",
    "BMP": "image/bmp", "TIFF": "image/tiff", "JPEG2000": "image/jp2", "PPM": "image/x-portable-anymap",
    "AVIF": "image/avif",
}  # fmt: skip
ENDINGS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"), "MPO": (".jpg", ".jpeg", ".mpo"), "PNG": (".png",), "WEBP": (".webp",),
    "GIF": (".gif",), "BMP": (".bmp", ".dib"), "TIFF": (".tif", ".tiff"), "JPEG2000": (".jp2", ".j2k", ".jpx"),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm"), "AVIF": (".avif",),
}  # fmt: skip
TAKEN = "JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF, JPEG 2000, PPM"
MEMORY = 768 << 20  # bytes; of every decoder but the one for large pictures
PATIENCE = 12  # times the seconds, for the one large picture that is decoded at a time
WALL = 3  # seconds on the clock for each of computing: the machine may be busy


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

    def __post_init__(self) -> None:
        """A decoder may have been taken over by the file it read: it is believed no more than that."""
        sizes = (self.width, self.height, self.orientation, self.frames)
        if self.format not in CONTENT_TYPES or not all(isinstance(each, int) and 0 < each < 2**31 for each in sizes):
            raise ValueError(self)

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
    answer, _none = ask("measure", file)
    try:
        return Facts(**answer["facts"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(_("The picture is damaged and cannot be decoded.")) from error


def mask_picture(content: bytes) -> MaskPicture:
    """
    Raises:
        Unreadable: with the reason.
    """
    try:
        answer, (values,) = ask("values", io.BytesIO(content))
        return MaskPicture(**answer["facts"], values=values)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(_("The picture is damaged and cannot be decoded.")) from error
    except Refused as refused:
        raise Unreadable(str(refused)) from refused


def ask(verb: str, file: IO[bytes], told: Told | None = None, **request: Any) -> tuple[dict[str, Any], list[bytes]]:
    """Have a decoder do it.

    Args:
        told: gets what the decoder says before its answer, piece by piece.

    Raises:
        Refused: what is wrong with the file.
        Lacking: no decoder can be had just now.
    """
    try:
        with described(file) as descriptor:
            return pool().ask({"verb": verb, "pixels": settings.MAX_IMAGE_PIXELS, **request}, descriptor, told)
    except Unfit as unfit:
        raise Refused(reason(unfit, file)) from None
    except NoDecoder as error:
        raise Lacking(_("The machine is too busy to read pictures just now. Try again in a moment.")) from error


@contextmanager
def described(file: IO[bytes]) -> Iterator[int]:
    """A descriptor of the file's content: its own, or that of a copy where the file lies in memory only."""
    try:
        descriptor = file.fileno()
        file.flush()
    except (AttributeError, OSError):
        pass
    else:
        yield descriptor
        return
    with anonymous() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        yield copy.fileno()


def anonymous() -> IO[bytes]:
    """A file without a name, in memory where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("picture"), "w+b")
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)


_making = threading.Lock()


def pool() -> Pool:
    """The decoders of this process."""
    with _making:
        return _pool()


@cache
def _pool() -> Pool:
    return Pool(
        Limits(settings.DECODE_SECONDS, WALL * settings.DECODE_SECONDS, MEMORY),
        settings.DECODERS,
        settings.DECODE_MEMORY,
        settings.DATA_DIR / "large-picture.lock",
        patience=PATIENCE,
    )


# A forked worker has no thread that watches over these decoders, and must not speak with another's.
os.register_at_fork(after_in_child=_pool.cache_clear)


def reason(unfit: Unfit, file: IO[bytes]) -> str:
    """A sentence for a person."""
    code, limit = unfit.code, settings.MAX_IMAGE_PIXELS // 1_000_000
    if code == "unknown":
        return unknown(file)
    if code == "pixels" and isinstance(count := unfit.details.get("count"), int):
        most = unfit.details.get("limit")
        limit = min(limit, most // 1_000_000) if isinstance(most, int) else limit
        return _("The picture has {count} million pixels; at most {limit} million are taken.").format(
            count=-(-count // 1_000_000), limit=limit
        )
    reasons = {
        "bomb": _("The picture has far too many pixels; at most {limit} million are taken.").format(limit=limit),
        "cut": _("The picture is cut off: its file ends too early."),
        "memory": _("Decoding this picture needs too much memory (more than {size} MB).").format(
            size=settings.DECODE_MEMORY // 2**20
        ),
        "slow": _("Decoding this picture took longer than {seconds} seconds.").format(
            seconds=unfit.details.get("seconds", settings.DECODE_SECONDS)
        ),
        "lossy": _("A mask must be a PNG, TIFF, BMP or GIF: other formats change its values."),
        "deep": _("The mask has values above 65535. Save it with 8 or 16 bits a pixel."),
        "turned": _("The picture is too large to be turned upright as its EXIF data says."),
        "crash": _("Decoding this picture crashed: the file is damaged or made to do harm."),
        "killed": _("Decoding this picture was broken off by the server, perhaps because memory ran out. Try again."),
    }
    return reasons.get(code) or _("The picture is damaged and cannot be decoded.")


def unknown(file: IO[bytes]) -> str:
    file.seek(0)
    what = guess(file.read(4096))
    if what is None:
        return _("This is not a picture, or it is damaged. Taken are {formats}.").format(formats=TAKEN)
    return _("This is {what}, not a picture that can be labelled. Taken are {formats}.").format(
        what=what, formats=TAKEN
    )
