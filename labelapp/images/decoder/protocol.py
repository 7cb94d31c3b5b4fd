"""What the site and a decoder say to each other: a length, a JSON object, and the bytes that it announces."""

import json
import socket
import struct
import time
from typing import Any

LENGTH = struct.Struct("!I")
LONGEST_HEAD = 1 << 16
LONGEST_BLOB = 64 << 20
TAKEN = b"\x06"  # the decoder has the request: what happens from now on is the file's doing


class Unfit(Exception):
    """A file that cannot be an image here; ``code`` says why, and the site finds the words."""

    def __init__(self, code: str, **details: int):
        super().__init__(code, details)
        self.code = code
        self.details = details


class Ended(Exception):
    """The other side is gone, or says what it must not."""


class Late(Exception):
    """The answer did not come in time."""


def taken(connection: socket.socket) -> tuple[dict[str, Any], int]:
    """The next request and its file's descriptor; raises Ended where no more come."""
    first, descriptors, _flags, _address = socket.recv_fds(connection, LENGTH.size, 1)
    if not descriptors:
        raise Ended
    first += exactly(connection, LENGTH.size - len(first), None)
    (length,) = LENGTH.unpack(first)
    request = json.loads(exactly(connection, min(length, LONGEST_HEAD), None))
    connection.sendall(TAKEN)
    return request, descriptors[0]


def send(connection: socket.socket, head: dict[str, Any], descriptor: int | None = None, *blobs: bytes) -> None:
    text = json.dumps(head | {"blobs": [len(each) for each in blobs]}).encode()
    frame = LENGTH.pack(len(text)) + text
    if descriptor is None:
        connection.sendall(frame)
    else:
        socket.send_fds(connection, [frame], [descriptor])
    for each in blobs:
        connection.sendall(each)


def receive(connection: socket.socket, deadline: float | None = None) -> tuple[dict[str, Any], list[bytes]]:
    (length,) = LENGTH.unpack(exactly(connection, LENGTH.size, deadline))
    if length > LONGEST_HEAD:
        raise Ended
    try:
        head = json.loads(exactly(connection, length, deadline))
        lengths = [int(each) for each in head["blobs"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Ended from error
    if any(not 0 <= each <= LONGEST_BLOB for each in lengths):
        raise Ended
    return head, [exactly(connection, each, deadline) for each in lengths]


def exactly(connection: socket.socket, count: int, deadline: float | None) -> bytes:
    pieces = bytearray()
    while len(pieces) < count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late
            connection.settimeout(left)
        try:
            piece = connection.recv(min(count - len(pieces), 1 << 20))
        except TimeoutError as error:
            raise Late from error
        except OSError as error:
            raise Ended from error
        if not piece:
            raise Ended
        pieces += piece
    return bytes(pieces)
