"""Small pictures of numbers inside JSON."""

import base64
import zlib

import numpy as np


def packed(pixels: np.ndarray) -> str:
    """Returns numbers from 0 to 255 as text: row by row, deflated (RFC 1950), in base64.

    Example:
        >>> base64.b64decode(packed(np.array([[7, 7], [7, 7]])))[:2]
        b'x\\xda'
    """
    return base64.b64encode(zlib.compress(np.ascontiguousarray(pixels, np.uint8).tobytes(), 9)).decode("ascii")
