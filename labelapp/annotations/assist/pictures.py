"""The pixels of an image, as the decoder gives them: raw, upright, of large images fewer than there are."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.images.decoding import Refused, ask
from labelapp.images.models import Image

MOST = 12_000_000  # pixels; those of larger images are averaged
CHANNELS = 3


@dataclass(frozen=True)
class Picture:
    """Rows of RGB pixels of an image or a part of it.

    Args:
        left, top: of the first pixel, in pixels of the image.
        scale_x, scale_y: pixels of the image for one of these.
    """

    rows: int
    columns: int
    colours: bytes
    left: float
    top: float
    scale_x: float
    scale_y: float


@dataclass(frozen=True)
class Whole:
    """All of an image, of which no tiles are needed."""

    image: Image

    @property
    def key(self) -> str:
        """By which its pixels are kept."""
        return self.image.sha256

    def read(self) -> Picture:
        """
        Raises:
            Refused: it cannot be decoded, or its file is gone; the text says so.
            Lacking: no decoder can be had just now.
        """
        image = self.image
        try:
            with default_storage.open(image.original) as file:
                rows, columns, colours = believed(*ask("pixels", file, most=MOST))
        except FileNotFoundError as error:
            raise Refused(_("The file of this image is gone from the storage.")) from error
        return Picture(rows, columns, colours, 0.0, 0.0, image.width / columns, image.height / rows)


def believed(answer: dict[str, Any], blobs: list[bytes]) -> tuple[int, int, bytes]:
    """Rows, columns and colours. A decoder may have been taken over by the file it read: it is believed no more."""
    columns, rows = answer.get("width", 0), answer.get("height", 0)
    known = isinstance(columns, int) and isinstance(rows, int) and columns > 0 and rows > 0
    if not known or len(blobs) != 1 or len(blobs[0]) != int(rows) * int(columns) * CHANNELS:
        raise Refused(_("The picture is damaged and cannot be decoded."))
    return int(rows), int(columns), blobs[0]
