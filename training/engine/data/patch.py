"""One mask in a small raster of its own."""

import zlib
from dataclasses import dataclass, replace

import cv2
import numpy as np

from training.engine.data.frame import Frame

# From outer edges to the middles of pixels, as OpenCV counts.
_HALF = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
_FULL = 255
_SET = 128  # from which value on a pixel belongs to the mask


@dataclass(frozen=True)
class Patch:
    """A mask, and where it lies on a canvas; kept packed, since thousands of them lie in memory.

    Moving it changes its matrix alone, so that it is drawn once, on the canvas where it is wanted.

    Args:
        size: of the raster.
        packed: probabilities from 0 to 255, row by row, deflated.
        matrix: affine, shape (3, 3), from places in the raster to places on the canvas, in pixels from the outer edges.
        hull: corners around the mask, places in the raster; shape (n, 2).
    """

    size: Frame
    packed: bytes
    matrix: np.ndarray
    hull: np.ndarray

    @classmethod
    def of(cls, pixels: np.ndarray, matrix: np.ndarray) -> "Patch | None":
        """Returns a patch; None where there is no mask.

        Args:
            pixels: shape (height, width): bool, or probabilities from 0 to 255, uint8.
            matrix: as above.
        """
        values = pixels.astype(np.uint8) * _FULL if pixels.dtype == bool else pixels
        rows = np.flatnonzero((values >= _SET).any(axis=1))
        if not len(rows):
            return None
        # The outermost pixels of each row are all that a hull can touch.
        inside = values[rows] >= _SET
        ends = inside.argmax(axis=1), inside.shape[1] - inside[:, ::-1].argmax(axis=1)
        corners = [np.stack([end, rows + below], axis=1) for end in ends for below in (0, 1)]
        hull = cv2.convexHull(np.concatenate(corners).astype(np.float32)).reshape(-1, 2).astype(np.float64)
        return cls(Frame(*values.shape), zlib.compress(np.ascontiguousarray(values).tobytes(), 1), matrix, hull)

    def mapped(self, matrix: np.ndarray) -> "Patch":
        """Returns it where a map of places takes it."""
        return replace(self, matrix=matrix @ self.matrix)

    @property
    def bounds(self) -> np.ndarray:
        """Left, top, right and bottom on the canvas, shape (4,)."""
        places = self.hull @ self.matrix[:2, :2].T + self.matrix[:2, 2]
        return np.concatenate([places.min(axis=0), places.max(axis=0)])

    def drawn(self, canvas: Frame) -> tuple[np.ndarray, int, int]:
        """Returns the part of a canvas in which the mask lies, bool, and the left and top of that part.

        What is too small for any pixel is drawn as one.
        """
        around, (height, width) = self.bounds, canvas
        left, top = np.clip(np.floor(around[:2]), 0, [width - 1, height - 1]).astype(int).tolist()
        right, bottom = np.clip(np.ceil(around[2:]), [left + 1, top + 1], [width, height]).astype(int).tolist()
        shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]])
        moved = cv2.warpAffine(
            np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(self.size),
            (np.linalg.inv(_HALF) @ shift @ self.matrix @ _HALF)[:2],
            (right - left, bottom - top),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
        )
        inside = moved >= _SET
        if not inside.any():
            inside[(bottom - top) // 2, (right - left) // 2] = True
        return inside, left, top
