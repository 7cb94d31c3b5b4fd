"""What a version holds, counted while it is written."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import Any

from labelapp.formats.bounds import box_around
from labelapp.versions.content import Frozen
from labelapp.versions.split import SPLITS

# Lower edges of the bars; the last one is open. Pixels: the square root of the area.
IMAGE_SIZES = [0, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192]
BOX_SIZES = [0, 8, 16, 32, 64, 96, 128, 256, 512, 1024]
OBJECTS = [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500]


class Histogram:
    def __init__(self, edges: list[int]):
        self.edges = edges
        self.bars = {part: [0] * len(edges) for part in SPLITS}

    def add(self, part: str, value: float) -> None:
        self.bars[part][max(0, bisect_right(self.edges, value) - 1)] += 1

    def as_dict(self) -> dict[str, Any]:
        return {"edges": self.edges, **self.bars}


class Statistics:
    def __init__(self, class_names: dict[int, str]):
        self._names = class_names
        self.images: Counter[str] = Counter()
        self.annotations: Counter[str] = Counter()
        self.images_of: dict[str, Counter[str]] = defaultdict(Counter)
        self.annotations_of: dict[str, Counter[str]] = defaultdict(Counter)
        self.sources: dict[str, Counter[str]] = defaultdict(Counter)
        self.largest_edge = 0
        self.image_sizes = Histogram(IMAGE_SIZES)
        self.box_sizes = Histogram(BOX_SIZES)
        self.objects = Histogram(OBJECTS)

    def add(self, image: Frozen, part: str) -> None:
        self.images[part] += 1
        self.annotations[part] += len(image.annotations)
        self.largest_edge = max(self.largest_edge, image.width, image.height)
        self.image_sizes.add(part, math.sqrt(image.width * image.height))
        self.objects.add(part, len(image.annotations))
        for name in {self._names[each["class_id"]] for each in image.annotations}:
            self.images_of[name][part] += 1
        for each in image.annotations:
            self.annotations_of[self._names[each["class_id"]]][part] += 1
            self.sources[each["source"]][part] += 1
            box = box_around(each["shape"], each["geometry"])
            if box is not None:
                self.box_sizes.add(part, math.sqrt(max(0, box[2] * box[3])))

    def counts(self) -> dict[str, Any]:
        """Images in each part, and of them those on which each class is."""
        classes = {name: per_part(self.images_of[name]) for name in self._names.values()}
        return {**per_part(self.images), "classes": classes}

    def as_dict(self) -> dict[str, Any]:
        return {
            "images": per_part(self.images),
            "annotations": per_part(self.annotations),
            "classes": {
                name: {"images": per_part(self.images_of[name]), "annotations": per_part(self.annotations_of[name])}
                for name in self._names.values()
            },
            "largest_edge": self.largest_edge,
            "image_sizes": self.image_sizes.as_dict(),
            "box_sizes": self.box_sizes.as_dict(),
            "objects_per_image": self.objects.as_dict(),
            "sources": {name: per_part(counter) for name, counter in sorted(self.sources.items())},
        }


def per_part(counter: Counter[str]) -> dict[str, int]:
    return {part: counter[part] for part in SPLITS}
