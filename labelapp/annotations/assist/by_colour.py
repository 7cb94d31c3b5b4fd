"""Find all like this: every part of the image that is coloured like the shape."""

from typing import Any

import cv2
import numpy as np

from .field import Field
from .likeness import sample
from .proposals import proposals


def answer(field: Field, given: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Args:
        given: ``shape`` and ``geometry`` of one; the others come as the same shape, with a score from 0 to 1.
    """
    like = sample(field, given["shape"], given["geometry"])
    if like is None:
        return []
    tip = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    opened = cv2.morphologyEx((like.like > 0.5).astype(np.uint8), cv2.MORPH_OPEN, tip)
    _count, parts = cv2.connectedComponents(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, tip), connectivity=4)
    return proposals(like, parts, given["shape"])
