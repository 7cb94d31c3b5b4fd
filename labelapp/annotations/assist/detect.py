"""Faces, number plates and people, by what comes with OpenCV: Haar cascades (Viola and Jones, 2001) and HOG (Dalal and
Triggs, 2005)."""

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from .field import Field

MOST = 500_000  # pixels of the image that are looked at
CASCADES = {
    "faces": "haarcascade_frontalface_alt2.xml",
    "plates": "haarcascade_russian_plate_number.xml",
}  # fmt: skip
# Of what the detectors say, what counts as half: how many windows agree, or how far from the border somebody is.
HALF = {"faces": 8.0, "plates": 8.0, "people": 0.5}
OVERLAP = 0.4


def answer(field: Field, given: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Args:
        given: ``detector``, one of faces, plates and people.

    Returns:
        Boxes with a score from 0 to 1, which tells what is surer, not how sure it is.
    """
    whole = field.reduced(MOST)
    grey = cv2.cvtColor(whole.pixels, cv2.COLOR_RGB2GRAY)
    detector = given["detector"]
    boxes, weights = of_people(grey) if detector == "people" else of_cascade(grey, detector)
    scores = np.maximum(weights, 0.0) / (np.maximum(weights, 0.0) + HALF[detector])
    kept = cv2.dnn.NMSBoxes(boxes, scores.tolist(), 0.0, OVERLAP) if boxes else []
    found = []
    for index in kept:
        x, y, w, h = boxes[index]
        (left, top), (right, bottom) = whole.there([[x, y], [x + w, y + h]]).tolist()
        box = {"box": [left, top, right - left, bottom - top]}
        found.append({"shape": "box", "geometry": box, "score": round(float(scores[index]), 4)})
    return sorted(found, key=lambda each: -each["score"])


def of_cascade(grey: np.ndarray, name: str) -> tuple[list[Any], np.ndarray]:
    boxes, weights = cascade(name).detectMultiScale2(
        cv2.equalizeHist(grey), scaleFactor=1.08, minNeighbors=4, minSize=(16, 16)
    )
    return [list(map(int, each)) for each in boxes], np.asarray(weights, np.float64).ravel()


def of_people(grey: np.ndarray) -> tuple[list[Any], np.ndarray]:
    if grey.shape[0] < 128 or grey.shape[1] < 64:  # smaller than what it knows people by
        factor = max(128 / grey.shape[0], 64 / grey.shape[1])
        return scaled(*of_people(cv2.resize(grey, None, fx=factor * 1.01, fy=factor * 1.01)), 1 / (factor * 1.01))
    boxes, weights = people().detectMultiScale(grey, winStride=(8, 8), padding=(8, 8), scale=1.06)
    # It was taught with people that stand in the middle half of the window.
    close = [[int(x + w * 0.12), int(y + h * 0.05), int(w * 0.76), int(h * 0.9)] for x, y, w, h in boxes]
    return close, np.asarray(weights, np.float64).ravel()


def scaled(boxes: list[Any], weights: np.ndarray, factor: float) -> tuple[list[Any], np.ndarray]:
    return [[int(each * factor) for each in box] for box in boxes], weights


@cache
def cascade(name: str) -> Any:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / CASCADES[name]))


@cache
def people() -> Any:
    hog = cv2.HOGDescriptor()
    hog.setSVMDetector(np.asarray(cv2.HOGDescriptor.getDefaultPeopleDetector(), np.float32))
    return hog
