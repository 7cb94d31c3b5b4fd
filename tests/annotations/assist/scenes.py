"""Small pictures whose outlines are known."""

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image as Picture

from labelapp.annotations.assist.field import Field

BACKGROUND, THING = (40, 60, 50), (210, 120, 70)


def discs(places: list[tuple[int, int]], radius: int = 14, size: tuple[int, int] = (160, 120)) -> np.ndarray:
    """Orange discs on a dark ground with some noise."""
    width, height = size
    pixels = np.full((height, width, 3), BACKGROUND, np.uint8)
    for place in places:
        cv2.circle(pixels, place, radius, THING, -1)
    noise = np.random.default_rng(1).integers(-6, 7, pixels.shape)
    return (pixels.astype(int) + noise).clip(0, 255).astype(np.uint8)


def field(pixels: np.ndarray, scale: float = 1.0) -> Field:
    height, width = pixels.shape[:2]
    return Field(pixels, (round(width * scale), round(height * scale)), scale_x=scale, scale_y=scale)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Picture.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def bits(geometry: dict[str, Any]) -> np.ndarray:
    """A mask of the API as rows and columns."""
    height, width = geometry["size"]
    values = np.arange(len(geometry["counts"])) % 2
    return np.repeat(values, geometry["counts"]).reshape(width, height).T


def disc_bits(place: tuple[int, int], radius: int, size: tuple[int, int]) -> np.ndarray:
    drawn = np.zeros(size[::-1], np.uint8)
    cv2.circle(drawn, place, radius, 1, -1)
    return drawn


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / (a | b).sum())
