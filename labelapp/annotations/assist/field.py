"""Pixels to work on, and the way between their places and those of the image."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

FAR = 100_000.0  # what lies farther away is drawn no differently, and OpenCV counts no farther
Box = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Field:
    """The pixels of an upright image or of a part of it, as large as in the file or smaller.

    Args:
        pixels: height x width x 3, RGB, 8 bits.
        image_size: width and height of the whole image.
        left, top: of the first pixel, in pixels of the image.
        scale_x, scale_y: pixels of the image for one here.
    """

    pixels: np.ndarray
    image_size: tuple[int, int]
    left: float = 0.0
    top: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.pixels.shape[:2]
        return rows, columns

    def reduced(self, most: int) -> "Field":
        """The same part with at most so many pixels."""
        rows, columns = self.shape
        factor = min(1.0, (most / (rows * columns)) ** 0.5)
        if factor == 1.0:
            return self
        width, height = max(int(columns * factor), 1), max(int(rows * factor), 1)
        return replace(
            self, pixels=cv2.resize(self.pixels, (width, height), interpolation=cv2.INTER_AREA),
            scale_x=self.scale_x * columns / width, scale_y=self.scale_y * rows / height,
        )  # fmt: skip

    def around(self, box: Box, most: int) -> "Field":
        """What lies in a box of the image, with at most so many pixels."""
        x, y, w, h = box
        rows, columns = self.shape
        left = min(max(int((x - self.left) / self.scale_x), 0), columns - 1)
        top = min(max(int((y - self.top) / self.scale_y), 0), rows - 1)
        right = min(max(int(-(-(x + w - self.left) // self.scale_x)), left + 1), columns)
        bottom = min(max(int(-(-(y + h - self.top) // self.scale_y)), top + 1), rows)
        return self.cut(left, top, bottom - top, right - left).reduced(most)

    def cut(self, left: int, top: int, rows: int, columns: int) -> "Field":
        """A part of it, by pixels."""
        return replace(
            self, pixels=self.pixels[top : top + rows, left : left + columns],
            left=self.left + left * self.scale_x, top=self.top + top * self.scale_y,
        )  # fmt: skip

    def here(self, points: Any) -> np.ndarray:
        """Places of the image as places of this field, where a whole number is the edge between two pixels."""
        moved = np.asarray(points, np.float64).reshape(-1, 2) - (self.left, self.top)
        return np.clip(moved / (self.scale_x, self.scale_y), -FAR, FAR)

    def there(self, points: Any) -> np.ndarray:
        """Places of this field as places of the image."""
        return np.asarray(points, np.float64).reshape(-1, 2) * (self.scale_x, self.scale_y) + (self.left, self.top)

    def filled(self, rings: list[Any]) -> np.ndarray:
        """Which pixels have their middle inside the rings (of the image), by the rule of even and odd; 0 or 1."""
        bits = np.zeros(self.shape, np.uint8)
        # A whole number is the middle of a pixel to OpenCV; its points have 4 bits behind the point.
        fixed = [np.round((self.here(ring) - 0.5) * 16).astype(np.int32) for ring in rings if len(ring) > 2]
        if fixed:
            cv2.fillPoly(bits, fixed, 1, shift=4)
        return bits

    def stroked(self, bits: np.ndarray, points: list[Any], width: float, value: int) -> None:
        """Draw a line with round ends; ``width`` in pixels of the image."""
        thickness = max(round(width / ((self.scale_x + self.scale_y) / 2)), 1)
        fixed = np.round((self.here(points) - 0.5) * 16).astype(np.int32)
        if len(fixed) == 1:
            fixed = np.repeat(fixed, 2, axis=0)
        cv2.polylines(bits, [fixed], False, value, thickness, shift=4)
