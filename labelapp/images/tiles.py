"""Tiles of large pictures, all of one picture in one file: places and lengths of the tiles, then the tiles.

One file, not thousands: it is stored, deleted and backed up as a thumbnail is. Level 0 is as large as the picture, each
further one half of that (``decoder.levels``).
"""

import logging
import struct
import tempfile
import time
from itertools import accumulate
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.images import originals
from labelapp.images.decoder.levels import grids
from labelapp.images.decoding import Refused, ask
from labelapp.images.models import Image, TilePyramid
from labelapp.images.models.tile_pyramid import TilesStatus, path_of
from labelapp.lib import stored
from labelapp.lib.passing import Lacking

PLACE = struct.Struct("<QI")  # where a tile begins, and how long it is
LARGEST_TILE = 4 << 20  # bytes
SECONDS_BETWEEN_WORDS = 1.0

logger = logging.getLogger(__name__)


class Writer:
    """Writes what a decoder says, which is believed no more than that it is a tile that has not come yet."""

    def __init__(self, file: IO[bytes], width: int, height: int):
        self._file = file
        self._grids = grids(width, height)
        self._starts = [0, *accumulate(columns * rows for columns, rows in self._grids)]
        self._places: dict[int, tuple[int, int]] = {}
        self._end = self._starts[-1] * PLACE.size
        file.seek(self._end)

    @property
    def share(self) -> float:
        """How much of it is done."""
        return len(self._places) / self._starts[-1]

    def add(self, level: int, row: int, tiles: list[bytes]) -> None:
        if level not in range(len(self._grids)):
            raise ValueError(level)
        columns, rows = self._grids[level]
        first = self._starts[level] + row * columns
        if row not in range(rows) or len(tiles) != columns or first in self._places:
            raise ValueError(row)
        for number, each in enumerate(tiles, first):
            if each[:3] != b"\xff\xd8\xff" or len(each) > LARGEST_TILE:
                raise ValueError(number)
            self._file.write(each)
            self._places[number] = (self._end, len(each))
            self._end += len(each)

    def close(self) -> None:
        if self.share < 1:
            raise ValueError("tiles are missing")
        self._file.seek(0)
        self._file.writelines(PLACE.pack(*self._places[number]) for number in range(self._starts[-1]))
        self._file.seek(0)


def perform(sha256: str) -> None:
    """Make the tiles of a content, when nobody else does so."""
    if not TilePyramid.objects.claim(sha256):
        return
    image = Image.objects.filter(sha256=sha256).first()
    try:
        if image:
            make(image)
    except Lacking as error:  # of memory or decoders: as if nobody had asked yet, so that whoever looks asks again
        logger.warning("Tiles of %s wait: %s", sha256, error)
        TilePyramid.objects.filter(pk=sha256).delete()
    except (Refused, FileNotFoundError, ValueError) as error:
        logger.error("Tiles of %s cannot be made: %s", sha256, error)
        gone = isinstance(error, FileNotFoundError)
        reason = _("The file of this image is gone from the storage.") if gone else str(error)
        TilePyramid.objects.end(sha256, TilesStatus.FAILED, reason)
    else:
        TilePyramid.objects.end(sha256, TilesStatus.COMPLETED)


def make(image: Image) -> None:
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as made:
        writer = Writer(made, image.width, image.height)
        said = time.monotonic()

        def told(head: dict[str, Any], tiles: list[bytes]) -> None:
            nonlocal said
            writer.add(head["level"], head["row"], tiles)
            if time.monotonic() - said > SECONDS_BETWEEN_WORDS:
                said = time.monotonic()
                TilePyramid.objects.tell(image.sha256, writer.share)

        with default_storage.open(originals.path_of(image.sha256)) as file:
            ask("tile", file, told)
        writer.close()
        stored.replace(path_of(image.sha256), File(made))


def read(sha256: str, width: int, height: int, level: int, column: int, row: int) -> bytes:
    """One tile as JPEG.

    Raises:
        FileNotFoundError: there is no such tile, or none yet.
    """
    levels = grids(width, height)
    if not (level < len(levels) and column < levels[level][0] and row < levels[level][1]):
        raise FileNotFoundError
    before = sum(columns * rows for columns, rows in levels[:level])
    number = before + row * levels[level][0] + column
    with stored.reader(path_of(sha256), number * PLACE.size) as file:
        start, length = PLACE.unpack(file.read(PLACE.size))
    with stored.reader(path_of(sha256), start) as file:
        return file.read(length)
