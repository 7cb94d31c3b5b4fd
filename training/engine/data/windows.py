"""How an image is looked at: whole, or through windows that lie over each other.

The one place that knows where windows lie: training, evaluation and prediction ask it.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from training.engine.data.frame import Frame, ResizeMode, placement
from training.engine.data.resize import resize

OVERLAP = 0.2  # of a window's edge, with the next one


class Window(NamedTuple):
    """A part of an image: left, top, width and height in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def xyxy(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom."""
        return self.left, self.top, self.left + self.width, self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its place in the image."""
        return self.left + self.width / 2, self.top + self.height / 2


class View(NamedTuple):
    """A window, and where it lies on the frame.

    Args:
        window: what is seen.
        matrix: from places in the image to places on the frame, shape (3, 3), in pixels from the outer edges.
    """

    window: Window
    matrix: np.ndarray


def windows(width: int, height: int, tile: int, overlap: float = OVERLAP) -> list[Window]:
    """Returns the windows that cover an image, row by row; as few as lie over each other enough, evenly spaced.

    Args:
        width: of the image, in pixels.
        height: of the image, in pixels.
        tile: edge of a window, in pixels; 0 sees the whole image. A smaller image is seen whole.
        overlap: least share of a window's edge that the next one sees too, 0..0.5.

    Example:
        >>> [window.left for window in windows(1000, 400, 400, 0.2)]
        [0, 300, 600]
    """
    if not tile:
        return [Window(0, 0, width, height)]
    wide, high = min(tile, width), min(tile, height)
    return [
        Window(left, top, wide, high)
        for top in _starts(height, high, overlap)
        for left in _starts(width, wide, overlap)
    ]


def _starts(length: int, window: int, overlap: float) -> list[int]:
    steps = math.ceil((length - window) / (window * (1 - overlap)))
    return [round(step * (length - window) / steps) for step in range(steps + 1)] if steps else [0]


@dataclass(frozen=True)
class Viewer:
    """Looks at images as a model does.

    Args:
        frame: what the model reads.
        mode: how images are laid on it; windows are never cropped.
        tile: edge of a window in pixels of the image; 0 looks at whole images.
        overlap: as `windows` has it.
    """

    frame: Frame
    mode: ResizeMode
    tile: int = 0
    overlap: float = OVERLAP

    @property
    def laid(self) -> ResizeMode:
        """How windows are laid on the frame."""
        return "letterbox" if self.tile and self.mode == "crop" else self.mode

    @property
    def enough(self) -> int | None:
        """Shorter edge in pixels below which nothing is gained by reading more of an image; None: all of it."""
        return None if self.tile else max(self.frame)

    def views(self, width: int, height: int) -> list[View]:
        """Returns the views of an image of this size."""
        found = []
        for window in windows(width, height, self.tile, self.overlap):
            shift = np.array([[1, 0, -window.left], [0, 1, -window.top], [0, 0, 1]], np.float64)
            found.append(View(window, placement(window.width, window.height, self.frame, self.laid).matrix @ shift))
        return found

    def pixels(self, image: np.ndarray, window: Window) -> np.ndarray:
        """Returns what is seen through a window, on the frame, shape (frame.height, frame.width, 3).

        Args:
            image: of full size where there are tiles; else it may have been read smaller.
            window: of that image.
        """
        if self.tile:
            left, top, right, bottom = window.xyxy
            image = image[top:bottom, left:right]
        return resize(image, self.frame, self.laid)
