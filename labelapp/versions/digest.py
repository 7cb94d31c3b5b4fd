"""Hashes over content: names, shapes and places, never row ids or times."""

import hashlib
import json
from typing import Any

from labelapp.annotations.models.standing import PLAIN
from labelapp.projects.models.skeleton import Skeleton, names_of
from labelapp.versions.content import Frozen


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain_numbers(value: Any) -> Any:
    """10 and 10.0 are the same place, whichever of them a browser has sent."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: plain_numbers(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain_numbers(each) for each in value]
    return value


def annotations_of(image: Frozen, class_names: dict[int, str]) -> list[str]:
    """The image's annotations as sorted canonical texts."""
    return sorted(
        canonical([
            class_names[each["class_id"]], each["shape"],
            plain_numbers(each["geometry"]), plain_numbers(each["attributes"]), *unusual(each),
        ])
        for each in image.annotations
    )  # fmt: skip


def unusual(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """Nothing for most, so that versions from before there were these fields keep their hash."""
    found = {name: annotation[name] for name, plain in PLAIN.items() if annotation[name] != plain}
    return [found] if found else []


def told(skeleton: Skeleton) -> dict[str, Any]:
    return {"points": names_of(skeleton)} | {name: skeleton.get(name, []) for name in ("edges", "flip")}


class VersionHash:
    """SHA-256 over the classes and then every image in the order of its SHA-256.

    Args:
        skeletons: of the classes that have one, by name; where the points lie in their template does not count.
    """

    def __init__(self, class_names: list[str], skeletons: dict[str, Skeleton]):
        head: dict[str, Any] = {"format": 1, "classes": class_names}
        if skeletons:
            head["skeletons"] = {name: told(each) for name, each in skeletons.items()}
        self._hash = hashlib.sha256(canonical(head).encode())

    def add(self, image: Frozen, split: str, annotations: list[str]) -> str:
        """Take the image in and return the digest of its annotations alone."""
        labels = hashlib.sha256("\n".join(annotations).encode()).hexdigest()
        self._hash.update(canonical([image.sha256, split, labels]).encode() + b"\n")
        return labels

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
