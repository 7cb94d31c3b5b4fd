"""The pixels of a mask as they are stored: numbers or colours, neither turned nor converted."""

from typing import IO, Any

from .pictures import Bounds, fitting, opened
from .protocol import LONGEST_BLOB, Unfit

LOSSLESS = ("PNG", "TIFF", "BMP", "GIF")
DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I")
LARGEST = 0xFFFF


def values(file: IO[bytes], bounds: Bounds) -> tuple[dict[str, Any], list[bytes]]:
    """
    Returns:
        Size in pixels, bytes of a value (1, 2: numbers; 3: red, green, blue), the colours of numbers where the file has
        such; and the values, row by row.
    """
    with opened(file, bounds) as picture:
        if picture.format not in LOSSLESS:
            raise Unfit("lossy")
        fitting(picture, picture.size, bounds)
        extrema: Any = picture.getextrema() if picture.mode == "I" else (0, 0)
        if extrema[1] > LARGEST:
            raise Unfit("deep")
        if picture.mode in DEEP:
            size, plain = 2, picture.convert("I;16")
        elif picture.mode in ("1", "L", "P"):
            size, plain = 1, picture.convert("L") if picture.mode == "1" else picture
        else:
            size, plain = 3, picture.convert("RGB")
        if picture.width * picture.height * size > LONGEST_BLOB:
            raise Unfit("pixels", count=picture.width * picture.height, limit=LONGEST_BLOB // size)
        palette = picture.getpalette("RGB") if picture.mode == "P" else None
        facts = {"width": picture.width, "height": picture.height, "value_bytes": size, "palette": palette or []}
        return facts, [plain.tobytes()]
