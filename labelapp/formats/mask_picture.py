"""A picture whose pixels say what is where, as somebody outside has decoded it."""

from dataclasses import dataclass, field
from typing import Any

COLOUR_BYTES = 3


class Unreadable(Exception):
    """Its text says why, for a person, in their language."""


@dataclass(frozen=True, slots=True)
class MaskPicture:
    """
    Args:
        width, height: in pixels.
        value_bytes: bytes of a value: 1 or 2 for a number, 3 for a colour.
        palette: red, green, blue of each number, one behind the other; empty where numbers have no colours.
        values: row by row; numbers of two bytes with the lower one first.

    Raises:
        ValueError: these do not belong together.
    """

    width: int
    height: int
    value_bytes: int
    palette: list[int] = field(default_factory=list)
    values: bytes = b""

    def __post_init__(self) -> None:
        if self.value_bytes not in (1, 2, 3) or len(self.values) != self.width * self.height * self.value_bytes:
            raise ValueError(self.value_bytes)

    @property
    def coloured(self) -> bool:
        return self.value_bytes == COLOUR_BYTES

    def numbers(self) -> Any:
        """An array of height x width; a colour as 0xRRGGBB."""
        import numpy as np

        if not self.coloured:
            kind = np.uint8 if self.value_bytes == 1 else np.dtype("<u2")
            return np.frombuffer(self.values, kind).reshape(self.height, self.width)
        red, green, blue = np.moveaxis(
            np.frombuffer(self.values, np.uint8).reshape(self.height, self.width, 3).astype(np.uint32), 2, 0
        )
        return red << 16 | green << 8 | blue

    def colour_of(self, number: int) -> int | None:
        """The colour that the palette gives a number, as 0xRRGGBB."""
        red_green_blue = self.palette[3 * number : 3 * number + 3]
        if len(red_green_blue) < 3:
            return None
        red, green, blue = red_green_blue
        return red << 16 | green << 8 | blue
