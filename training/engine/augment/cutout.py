"""A missing piece."""

import numpy as np


class Cutout:
    """Covers a square of a share of the images with the image's mean colour (arXiv:1708.04552).

    Args:
        share: of the images, 0..1.
        size: largest edge of the square, as a share of the image's edges.
    """

    def __init__(self, share: float, size: float) -> None:
        self._share = share
        self._size = size

    def __call__(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Returns the image, or a changed copy; shape (height, width, 3), uint8."""
        chance, edge, down, across = rng.random(4)
        if chance >= self._share:
            return image
        height, width = image.shape[:2]
        tall, wide = max(1, int(edge * self._size * height)), max(1, int(edge * self._size * width))
        # The square's centre may lie anywhere, so that the rim is covered as often as the middle.
        top, left = int(down * height) - tall // 2, int(across * width) - wide // 2
        image = image.copy()
        image[max(0, top) : top + tall, max(0, left) : left + wide] = image.mean(axis=(0, 1)).astype(np.uint8)
        return image
