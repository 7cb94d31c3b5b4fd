import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO


@contextmanager
def csv_writer(stream: BinaryIO) -> Iterator[Any]:
    """A csv writer that makes UTF-8 with CRLF line ends (RFC 4180) and leaves ``stream`` open."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    try:
        yield csv.writer(text)
        text.flush()
    finally:
        text.detach()
