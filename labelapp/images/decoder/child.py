"""The decoder itself: takes a descriptor and a request, answers, waits for the next; ends when the site does."""

import io
import json
import os
import re
import resource
import socket
import sys
from collections.abc import Callable
from typing import Any

from .confinement import allow_seconds, confine
from .drawing import draw, pixels, tile
from .pictures import Bounds, measure
from .protocol import Ended, Unfit, send, taken
from .values import values

HIGHEST = re.compile(rb"^VmHWM:\s+(\d+) kB", re.MULTILINE)
Verbs = dict[str, Callable[..., Any]]

GROWN = 384 << 20  # bytes; a decoder that has been so large makes way for a fresh one


class Descriptor(io.RawIOBase):
    """A file by its descriptor, read at places of its own: the site's place in the same file does not move."""

    def __init__(self, descriptor: int):
        self._descriptor = descriptor
        self._size = os.fstat(descriptor).st_size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = os.pread(self._descriptor, len(buffer), self._place)
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        place = offset + (0, self._place, self._size)[whence]
        if place < 0:
            raise ValueError("negative seek position")
        self._place = place
        return place

    def tell(self) -> int:
        return self._place


class Peak:
    """The most memory that this process has held.

    ``getrusage`` counts what the site held too, before it became this process: where that is much, every decoder would
    make way after its first file.
    """

    def __init__(self) -> None:
        # Opened in time: soon nothing can be opened any more.
        self._status = os.open("/proc/self/status", os.O_RDONLY) if sys.platform == "linux" else None

    @property
    def bytes(self) -> int:
        if self._status is not None and (found := HIGHEST.search(os.pread(self._status, 1 << 13, 0))):
            return int(found[1]) * 1024
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return largest if sys.platform == "darwin" else largest * 1024


def main() -> None:
    settings = json.loads(sys.argv[-1])
    connection = socket.socket(fileno=settings["descriptor"])
    peak = Peak()
    strips = roomy() if settings["generous"] else None
    confine(settings["address_space"])
    while True:
        try:
            request, descriptor = taken(connection)
        except Ended:
            return
        allow_seconds(settings["seconds"])
        try:
            bounds = Bounds(request["pixels"], settings["memory"], settings["generous"])
            answer, blobs = perform(request, descriptor, bounds, Telling(connection), strips)
        finally:
            os.close(descriptor)
        last = peak.bytes > GROWN
        send(connection, answer | {"last": last}, None, *blobs)
        if last:
            return


class Telling:
    """Tells the site of rows of tiles while there are more to come."""

    def __init__(self, connection: socket.socket):
        self._connection = connection

    def __call__(self, level: int, row: int, tiles: list[bytes]) -> None:
        send(self._connection, {"more": True, "level": level, "row": row}, None, *tiles)


def perform(
    request: dict[str, Any], descriptor: int, bounds: Bounds, tell: Telling, strips: Verbs | None
) -> tuple[dict[str, Any], list[bytes]]:
    """
    Args:
        strips: the verbs again, for what is too large to be held.
    """
    file = io.BufferedReader(Descriptor(descriptor), 1 << 16)
    try:
        try:
            verbs: Verbs = {"measure": measure, "draw": draw, "pixels": pixels, "tile": tile, "values": values}
            return answered(verbs, request, file, bounds, tell)
        except Unfit as unfit:
            if unfit.code != "vast":
                raise
        if strips is None or request["verb"] not in strips:
            raise Unfit("memory")
        return answered(strips, request, file, bounds, tell)
    except Unfit as unfit:
        return {"unfit": unfit.code, "details": unfit.details}, []
    except MemoryError:
        return {"unfit": bounds.too_small, "details": {}}, []


def answered(verbs: Verbs, request: dict[str, Any], file: Any, bounds: Bounds, tell: Telling):
    verb = request["verb"]
    if verb == "values":
        facts, blobs = verbs[verb](file, bounds)
        return {"facts": facts}, blobs
    if verb == "measure":
        return {"facts": verbs[verb](file, bounds)}, []
    if verb == "tile":
        verbs[verb](file, bounds, tell)
        return {}, []
    if verb == "pixels":
        (width, height), colours = verbs[verb](file, request["most"], bounds)
        return {"width": width, "height": height}, [colours]
    return {}, verbs[verb](file, request["sizes"], bounds)


def roomy() -> Verbs | None:
    """The verbs for pictures that cannot be held; None where their library is not there."""
    try:
        from . import strips
    except (ImportError, OSError):
        return None
    return {"measure": strips.measure, "draw": strips.draw, "tile": strips.tile}
