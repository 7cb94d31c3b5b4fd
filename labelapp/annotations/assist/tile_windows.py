"""A part of a large image, put together from its tiles: as sharp as it is seen, without decoding all of it."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from labelapp.annotations.assist.pictures import CHANNELS, MOST, Picture, Whole, believed
from labelapp.images import tiles
from labelapp.images.decoder.levels import TILE, sizes
from labelapp.images.decoding import Refused, ask
from labelapp.images.models import Image, TilePyramid
from labelapp.images.models.tile_pyramid import TilesStatus

MOST_OF_WINDOW = 1_500_000  # pixels of the part itself; whole tiles are somewhat more
Region = tuple[float, float, float, float]  # x, y, width, height


def source_of(image: Image, region: Region | None) -> "Whole | Window":
    """Where the pixels of a part of an image come from.

    Args:
        region: the part that is looked at; all of it where it is None.
    """
    if image.width * image.height <= MOST:
        return Whole(image)
    if not TilePyramid.objects.filter(pk=image.sha256, status=TilesStatus.COMPLETED).exists():
        return Whole(image)
    return window(image, region or (0, 0, image.width, image.height))


def window(image: Image, region: Region) -> "Window":
    x, y, w, h = region
    levels = sizes(image.width, image.height)
    number = next((at for at in range(len(levels)) if w * h / 4**at <= MOST_OF_WINDOW), len(levels) - 1)
    width, height = levels[number]
    across, down = width / image.width, height / image.height
    left = min(max(int(x * across) // TILE, 0), (width - 1) // TILE)
    top = min(max(int(y * down) // TILE, 0), (height - 1) // TILE)
    right = min(max(int((x + w) * across) // TILE, left), (width - 1) // TILE)
    bottom = min(max(int((y + h) * down) // TILE, top), (height - 1) // TILE)
    return Window(image, number, width, height, left, top, right, bottom)


@dataclass(frozen=True)
class Window:
    """Tiles of one level, from a column and row to a column and row."""

    image: Image
    level: int
    level_width: int
    level_height: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def key(self) -> str:
        return f"{self.image.sha256}/{self.level}/{self.left}-{self.top}-{self.right}-{self.bottom}"

    def read(self) -> Picture:
        """Raises as ``Whole.read``."""
        columns = min((self.right + 1) * TILE, self.level_width) - self.left * TILE
        rows = min((self.bottom + 1) * TILE, self.level_height) - self.top * TILE
        colours = bytearray(rows * columns * CHANNELS)
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                self._lay(colours, columns, column, row)
        across, down = self.image.width / self.level_width, self.image.height / self.level_height
        return Picture(
            rows, columns, bytes(colours), self.left * TILE * across, self.top * TILE * down, across, down
        )  # fmt: skip

    def _lay(self, colours: bytearray, columns: int, column: int, row: int) -> None:
        image = self.image
        try:
            file = tiles.read(image.sha256, image.width, image.height, self.level, column, row)
        except FileNotFoundError as error:
            gone = _("The tiles of this image are gone. Load the page again, and wait until it is sharp.")
            raise Refused(gone) from error
        height, width, pixels = believed(*ask("pixels", io.BytesIO(file), most=TILE * TILE))
        wide = min(width, columns - (column - self.left) * TILE) * CHANNELS
        start = ((row - self.top) * TILE * columns + (column - self.left) * TILE) * CHANNELS
        for line in range(height):
            at = start + line * columns * CHANNELS
            if at + wide <= len(colours):
                colours[at : at + wide] = pixels[line * width * CHANNELS :][:wide]
