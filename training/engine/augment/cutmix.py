"""A piece of one image in another."""

import numpy as np


class CutMix:
    """Covers a rectangle of one image with the same place of another (arXiv:1905.04899); any area is as probable."""

    def __call__(self, first: np.ndarray, second: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, float]:
        """Returns both in one, shape (height, width, 3), uint8, and the first image's share of its pixels, 0..1."""
        height, width = first.shape[:2]
        area, down, across = rng.random(3)
        edge = float(np.sqrt(area))
        tall, wide = round(edge * height), round(edge * width)
        top, left = round(float(down) * height - tall / 2), round(float(across) * width - wide / 2)
        rows, columns = slice(max(0, top), max(0, top + tall)), slice(max(0, left), max(0, left + wide))
        made = first.copy()
        made[rows, columns] = second[rows, columns]
        return made, 1 - made[rows, columns].shape[0] * made[rows, columns].shape[1] / (height * width)
