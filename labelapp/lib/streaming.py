"""Large files go out piece by piece. Under ASGI a plain iterator would be read into memory whole."""

from collections.abc import AsyncIterator
from typing import IO

from asgiref.sync import sync_to_async

PIECE = 1 << 18


async def pieces(file: IO[bytes], left: int) -> AsyncIterator[bytes]:
    """``left`` bytes from where the file stands; closes it at the end."""
    read = sync_to_async(file.read, thread_sensitive=False)
    try:
        while left > 0 and (piece := await read(min(PIECE, left))):
            left -= len(piece)
            yield piece
    finally:
        file.close()
