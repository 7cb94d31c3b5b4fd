"""Pictures that differ from each other, sent to a running site."""

import io

import numpy as np
import requests
from PIL import Image

from tests.site import RunningSite

SENT_AT_ONCE = 50


def noise(number: int, edge: int = 64) -> bytes:
    """A PNG of coloured noise that only this number gives."""
    pixels = np.random.default_rng(number).integers(0, 256, (edge, edge, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def upload(site: RunningSite, token: str, project: int, count: int) -> list[int]:
    """Ids of ``count`` new images of the project."""
    ids: list[int] = []
    for start in range(0, count, SENT_AT_ONCE):
        numbers = range(start, min(start + SENT_AT_ONCE, count))
        answer = requests.post(
            f"{site.address}/api/projects/{project}/images/",
            headers={"Authorization": f"Token {token}"},
            files=[("files", (f"{number:06}.png", noise(number), "image/png")) for number in numbers],
            timeout=120,
        )
        answer.raise_for_status()
        ids += [each["id"] for each in answer.json()["results"]]
    return ids
