"""The process in which the tools run: keeps the pixels of the last few pictures, answers one request after the other.

It is started without the rest of the site, beside the packages ``decoder`` and ``assist``; see ``assistant.COMMAND``.
"""

import json
import os
import socket
import sys
from collections import OrderedDict
from typing import Any

import cv2
import numpy as np
from decoder.confinement import allow_seconds, confine
from decoder.protocol import Ended, send, taken

from .field import Field
from .registry import TOOLS, warm_up

IDLE_SECONDS = 600  # after which it ends, and its memory is the machine's again
KEPT = 192 << 20  # bytes of pixels


class Kept:
    """The pictures that were asked about last, as many as fit."""

    def __init__(self, most: int = KEPT):
        self._most = most
        self._fields: OrderedDict[str, Field] = OrderedDict()

    def get(self, key: str) -> Field | None:
        if key in self._fields:
            self._fields.move_to_end(key)
        return self._fields.get(key)

    def put(self, key: str, field: Field) -> None:
        self._fields[key] = field
        while len(self._fields) > 1 and sum(each.pixels.nbytes for each in self._fields.values()) > self._most:
            self._fields.popitem(last=False)


def main() -> None:
    settings = json.loads(sys.argv[-1])
    connection = socket.socket(fileno=settings["descriptor"])
    cv2.setNumThreads(2)  # the seconds of all of them count
    warm_up()
    confine(settings["address_space"])
    kept = Kept()
    while True:
        connection.settimeout(IDLE_SECONDS)
        try:
            request, descriptor = taken(connection)
        except (Ended, TimeoutError):
            return
        connection.settimeout(None)
        allow_seconds(settings["seconds"])
        with os.fdopen(descriptor, "rb") as file:
            answer, blobs = perform(request, file, kept)
        send(connection, answer, None, *blobs)


def perform(request: dict[str, Any], file: Any, kept: Kept) -> tuple[dict[str, Any], list[bytes]]:
    """
    Args:
        request: ``tool``; ``key`` of the pixels; ``given``, the length of what lies first in the file; and ``picture``
            where that comes with it: all that is known of it but its colours.
        file: what is given to the tool as JSON, then the picture's pixels.
    """
    try:
        file.seek(0)
        given = json.loads(file.read(request["given"]))
        if "picture" in request:
            kept.put(request["key"], field_in(file.read(), **request["picture"]))
        field = kept.get(request["key"])
        if field is None:
            return {"missing": True}, []
        found = TOOLS[request["tool"]](field, given)
    except MemoryError:
        return {"unfit": "memory"}, []
    except Exception as error:  # the next one may be answered all the same
        return {"unfit": "memory" if "Insufficient memory" in str(error) else "broken"}, []
    return {}, [json.dumps(found).encode()]


def field_in(colours: bytes, rows: int, columns: int, image_size: list[int], **place: Any) -> Field:
    pixels = np.frombuffer(colours, np.uint8).reshape(rows, columns, 3)
    return Field(pixels, (image_size[0], image_size[1]), **place)
