"""Records to COCO JSON, one image and one annotation a line."""

import math
import shutil
import tempfile
from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from labelapp.formats import rings
from labelapp.formats.bounds import box_around, corners, ellipse_ring
from labelapp.formats.coco_skeleton import category_fields
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage

OWN = "labelapp"  # the key of everything that COCO has no place for
INFO = {"description": "Labels exported from LabelApp", "version": "1.0", "contributor": "LabelApp", OWN: 1}
# Shapes that a reader cannot tell by their COCO fields, or not exactly.
INEXACT = {"rotated_box", "polyline", "ellipse"}


class CocoWriter:
    """
    Args:
        stream: gets the images as they come; the annotations, which COCO lists apart, wait in ``known.scratch``.
    """

    def __init__(self, stream: BinaryIO, known: Known):
        self._stream = stream
        self._scratch = known.scratch
        self._classes = {name: number for number, name in enumerate(known.classes, 1)}
        self._skeletons = known.skeletons
        # Most keypoints of a class: programs read as many from each annotation.
        self._points = {name: len(each["points"]) for name, each in known.skeletons.items()}
        self._rows = self._annotations = 0

    def write(self, images: Iterable[LabelledImage]) -> int:
        out = self._stream
        with tempfile.TemporaryFile(dir=self._scratch) as waiting:
            out.write(b'{\n"info": ' + orjson.dumps(INFO) + b',\n"licenses": [],\n"images": [')
            for number, labelled in enumerate(images, 1):
                tags = [each for each in labelled.annotations if not self._keep(waiting, each, labelled.image, number)]
                self._rows += len(tags)
                line = self._image(number, labelled.image, tags)
                out.write((b",\n" if number > 1 else b"\n") + orjson.dumps(line))
            out.write(b'\n],\n"annotations": [')
            waiting.seek(0)
            shutil.copyfileobj(waiting, out, 1 << 20)
        out.write(b'\n],\n"categories": [')
        out.write(b",".join(b"\n" + orjson.dumps(self._category(*each)) for each in self._classes.items()))
        out.write(b"\n]\n}\n")
        return self._rows

    def _keep(self, waiting: Any, annotation: AnnotationRecord, image: ImageRecord, number: int) -> bool:
        """Write what has an extent; a tag has none, and programs take an annotation without a box for an error."""
        if annotation.shape == "tag":
            return False
        self._annotations += 1
        self._rows += 1
        line: dict[str, Any] = {
            "id": self._annotations,
            "image_id": number,
            "category_id": self._category_id(annotation.label_class),
        }
        line |= coco_fields(annotation, image) | extra_fields(annotation)
        if annotation.shape == "keypoints":
            count, most = len(annotation.geometry["points"]), self._points.get(annotation.label_class, 0)
            self._points[annotation.label_class] = max(count, most)
            line["keypoints"] += [0, 0, 0] * (most - count if annotation.label_class in self._skeletons else 0)
        waiting.write((b",\n" if self._annotations > 1 else b"\n") + orjson.dumps(line))
        return True

    def _image(self, number: int, image: ImageRecord, tags: list[AnnotationRecord]) -> dict[str, Any]:
        own: dict[str, Any] = {"sha256": image.sha256, "status": image.status, "split": image.split or ""}
        own["group"] = image.group or ""
        if tags:
            own["tags"] = [{"category_id": self._category_id(each.label_class)} | extra_fields(each) for each in tags]
        return {
            "id": number, "file_name": image.file or image.name, "width": image.width, "height": image.height,
            OWN: own,
        }  # fmt: skip

    def _category_id(self, name: str) -> int:
        return self._classes.setdefault(name, len(self._classes) + 1)

    def _category(self, name: str, number: int) -> dict[str, Any]:
        category: dict[str, Any] = {"id": number, "name": name, "supercategory": ""}
        if name in self._points:
            skeleton = self._skeletons.get(name, {})
            category |= category_fields(skeleton, self._points[name]) | {OWN: {"skeleton": skeleton}}
        return category


def coco_fields(annotation: AnnotationRecord, image: ImageRecord) -> dict[str, Any]:
    """What COCO defines of an annotation that has an extent."""
    shape, geometry = annotation.shape, annotation.geometry
    box = list(box_around(shape, geometry) or (0.0, 0.0, 0.0, 0.0))
    segmentation, area = outline(shape, geometry, box)
    fields: dict[str, Any] = {
        "bbox": box, "area": area, "segmentation": segmentation,
        "iscrowd": int(annotation.attributes.get("iscrowd") is True),
    }  # fmt: skip
    if shape == "keypoints":
        points = geometry["points"]
        fields["keypoints"] = [value for point in points for value in point]
        fields["num_keypoints"] = sum(1 for point in points if point[2])
    return fields


def outline(shape: str, geometry: dict[str, Any], box: list[float]) -> tuple[list | dict, float]:
    """The segmentation, which is empty where there is only a box, and the area in pixels."""
    if shape == "polygon":
        ring = rings.joined(geometry["rings"], holes=True)
        return [flat(ring)], rings.area(geometry["rings"])
    if shape == "mask":
        return {"size": geometry["size"], "counts": geometry["counts"]}, sum(geometry["counts"][1::2])
    if shape == "rotated_box":
        return [flat(corners(geometry))], geometry["box"][2] * geometry["box"][3]
    if shape == "ellipse":
        (_x, _y), (rx, ry) = geometry["center"], geometry["radii"]
        return [flat(ellipse_ring(geometry))], math.pi * rx * ry
    return [], 0.0 if shape == "polyline" else box[2] * box[3]


def flat(ring: Iterable) -> list[float]:
    return [value for point in ring for value in point]


def extra_fields(annotation: AnnotationRecord) -> dict[str, Any]:
    """What COCO does not define: ``attributes`` and ``score`` under the names that other tools use."""
    own: dict[str, Any] = {
        "id": annotation.id, "shape": annotation.shape, "source": annotation.source, "model": annotation.model,
        "author": annotation.author, "created_at": annotation.created_at, "updated_at": annotation.updated_at,
        "occluded": bool(annotation.occluded), "z_order": annotation.z_order or 0, "group": annotation.group or 0,
    }  # fmt: skip
    if annotation.shape in INEXACT or len(annotation.geometry.get("rings", ())) > 1:
        own["geometry"] = annotation.geometry
    fields: dict[str, Any] = {"attributes": annotation.attributes, OWN: own}
    return fields if annotation.score is None else fields | {"score": annotation.score}
