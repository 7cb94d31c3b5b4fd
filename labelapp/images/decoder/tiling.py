"""Cuts a picture into tiles of all levels while it comes in from the top: it never lies in memory as a whole."""

import io
from collections.abc import Callable

import PIL.Image

from .levels import TILE, sizes

QUALITY = 86


class Tiling:
    """
    Args:
        emit: told each row of tiles once it is whole: level, number of the row, and its JPEG files from left to right.
    """

    def __init__(self, width: int, height: int, emit: Callable[[int, int, list[bytes]], None]):
        self._sizes = sizes(width, height)
        self._emit = emit
        self._waiting: list[list[PIL.Image.Image]] = [[] for _ in self._sizes]
        self._rows = [0] * len(self._sizes)  # of tiles that are done

    def add(self, strip: PIL.Image.Image, level: int = 0) -> None:
        """The next rows of the picture: ``TILE`` of them, but for the last."""
        width, height = self._sizes[level]
        waiting = self._waiting[level]
        waiting.append(strip)
        here = sum(each.height for each in waiting)
        if here < TILE and self._rows[level] * TILE + here < height:
            return
        row = waiting[0] if len(waiting) == 1 else joined(waiting, width, here)
        waiting.clear()
        self._emit(level, self._rows[level], [jpeg(row.crop(box)) for box in boxes(width, here)])
        self._rows[level] += 1
        if level + 1 < len(self._sizes):
            self.add(row.reduce(2), level + 1)


def boxes(width: int, height: int) -> list[tuple[int, int, int, int]]:
    return [(left, 0, min(left + TILE, width), height) for left in range(0, width, TILE)]


def joined(strips: list[PIL.Image.Image], width: int, height: int) -> PIL.Image.Image:
    whole, top = PIL.Image.new("RGB", (width, height)), 0
    for each in strips:
        whole.paste(each, (0, top))
        top += each.height
    return whole


def jpeg(tile: PIL.Image.Image) -> bytes:
    file = io.BytesIO()
    tile.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
