"""The canvas that a model reads, and where an image of another size lies on it."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

ResizeMode = Literal["letterbox", "crop", "stretch"]


class Frame(NamedTuple):
    """Height and width of a model's input, in pixels."""

    height: int
    width: int

    @classmethod
    def square(cls, edge: int) -> "Frame":
        """Returns a frame that is as high as it is wide."""
        return cls(edge, edge)

    def within(self, longest: int) -> "Frame":
        """Returns a frame of the same proportions whose edges are at most so many pixels long."""
        scale = min(1.0, longest / max(self))
        return Frame(max(1, round(self.height * scale)), max(1, round(self.width * scale)))


class Placement(NamedTuple):
    """Where an image lies on a frame: what of it is taken, and to which rectangle that is scaled.

    Args:
        source: left, top, width and height in pixels of the image.
        target: left, top, width and height in pixels of the frame.
    """

    source: tuple[int, int, int, int]
    target: tuple[int, int, int, int]

    @property
    def matrix(self) -> np.ndarray:
        """Shape (3, 3): from places in the image to places in the frame, in pixels from the outer edges.

        Example:
            >>> (placement(640, 480, Frame(320, 320), "letterbox").matrix @ [640, 480, 1]).tolist()
            [320.0, 280.0, 1.0]
        """
        left, top, width, height = self.source
        x, y, wide, high = self.target
        across, down = wide / width, high / height
        return np.array([[across, 0, x - left * across], [0, down, y - top * down], [0, 0, 1]])


def placement(width: int, height: int, frame: Frame, mode: ResizeMode) -> Placement:
    """Returns where an image lies on a frame.

    Args:
        width: of the image, in pixels.
        height: of the image, in pixels.
        frame: what the model reads.
        mode: `letterbox` fits the whole image, `crop` cuts out as much of its middle as has the frame's proportions,
            `stretch` changes the proportions.
    """
    if mode == "stretch":
        return Placement((0, 0, width, height), (0, 0, frame.width, frame.height))
    if mode == "crop":
        wide = min(width, max(1, round(height * frame.width / frame.height)))
        high = min(height, max(1, round(width * frame.height / frame.width)))
        return Placement(((width - wide) // 2, (height - high) // 2, wide, high), (0, 0, frame.width, frame.height))
    scale = min(frame.width / width, frame.height / height)
    wide = min(frame.width, max(1, round(width * scale)))
    high = min(frame.height, max(1, round(height * scale)))
    left, top = (frame.width - wide) // 2, (frame.height - high) // 2
    return Placement((0, 0, width, height), (left, top, wide, high))


def fitted(longest: int, sizes: Sequence[tuple[int, int]], step: int = 32) -> Frame:
    """Returns the frame with the proportions that images have by the median, in steps that networks halve evenly.

    Args:
        longest: edge, in pixels.
        sizes: width and height of each image.
        step: pixels that both edges are multiples of.

    Example:
        >>> fitted(320, [(640, 480)] * 3)
        Frame(height=256, width=320)
    """
    ratio = float(np.median([width / height for width, height in sizes])) if sizes else 1.0
    longer = max(step, longest // step * step)
    # A little too small shrinks all images a little; a step more is bars on all of them.
    shorter = max(step, math.ceil(longer * min(ratio, 1 / ratio) / step - 0.25) * step)
    return Frame(shorter, longer) if ratio >= 1 else Frame(longer, shorter)
