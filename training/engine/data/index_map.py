"""The class of every pixel of an image."""

import zlib
from dataclasses import dataclass, field

import cv2
import numpy as np

from training.engine.data.frame import Frame

NOTHING = 254  # nobody drew anything there
OUTSIDE = 255  # no pixel of the image
MOST_CLASSES = 250


@dataclass(frozen=True)
class IndexMap:
    """Class indices by pixel, kept packed: thousands of them lie in memory.

    Args:
        size: of the map.
        packed: the indices, row by row, deflated.
        scores: how sure a model is of each class where it says so, 0..1, shape (classes,); empty for labels.
        certainty: mean probability of what a model says, 0..1; 1 for labels.
    """

    size: Frame
    packed: bytes
    scores: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    certainty: float = 1.0

    @classmethod
    def of(cls, pixels: np.ndarray, scores: np.ndarray | None = None, certainty: float = 1.0) -> "IndexMap":
        """Returns a map of indices, shape (height, width), uint8.

        Example:
            >>> IndexMap.of(np.array([[0, 1], [1, 254]], np.uint8)).pixels.tolist()
            [[0, 1], [1, 254]]
        """
        packed = zlib.compress(pixels.astype(np.uint8).tobytes(), 1)
        return cls(Frame(*pixels.shape), packed, np.zeros(0, np.float32) if scores is None else scores, certainty)

    @property
    def pixels(self) -> np.ndarray:
        """Shape (height, width), uint8."""
        return np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(self.size)

    def mapped(self, matrix: np.ndarray, frame: Frame) -> "IndexMap":
        """Returns the map as it lies on a frame; what comes into view from beyond its edges is outside.

        Args:
            matrix: affine, shape (3, 3), of places in pixels from the outer edges.
            frame: the size of the result.
        """
        # From outer edges to the middles of pixels, as OpenCV counts.
        half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
        moved = cv2.warpAffine(
            self.pixels,
            (np.linalg.inv(half) @ matrix @ half)[:2],
            (frame.width, frame.height),
            flags=cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(OUTSIDE,),
        )
        return IndexMap.of(moved, self.scores, self.certainty)
