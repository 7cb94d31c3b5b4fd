"""The tools by name, each ``answer(field, given) -> shapes``; what is given is checked before (``api/assist.py``)."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from . import by_colour, by_template, by_watershed, detect, grabcut
from .field import Field

TOOLS: dict[str, Callable[[Field, dict[str, Any]], list[dict[str, Any]]]] = {
    "grabcut": grabcut.answer,
    "colour": by_colour.answer,
    "watershed": by_watershed.answer,
    "template": by_template.answer,
    "detect": detect.answer,
}


def warm_up() -> None:
    """Use each once: libraries read more of themselves when that is first wanted, and soon nothing can be read."""
    pixels = np.full((160, 160, 3), 30, np.uint8)
    for x in (40, 100):
        cv2.circle(pixels, (x, 80), 20, (200, 90, 60), -1)
    field = Field(pixels, (320, 320), scale_x=2.0, scale_y=2.0)
    for shape in ("box", "rotated_box", "ellipse", "polygon", "mask"):
        given = {"box": [30, 110, 100, 100], "shape": shape, "remove": [{"points": [[40, 120]], "width": 4}]}
        (like,) = TOOLS["grabcut"](field, given)
        for name in ("colour", "watershed", "template"):
            TOOLS[name](field, like)
    for detector in detect.HALF:
        TOOLS["detect"](field, {"detector": detector})
