"""One labelled image as the XML of Pascal VOC."""

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from labelapp.formats import cells
from labelapp.formats.bounds import box_around
from labelapp.formats.records import AnnotationRecord, ImageRecord, LabelledImage

FLAGS = ("truncated", "difficult", "occluded")
POSE, NO_POSE = "pose", "Unspecified"
# The lists of ImageSets/Main in which an image of a split stands.
SETS = {"train": ("train", "trainval"), "validation": ("val", "trainval"), "test": ("test",), "": ("default",)}
DIGITS = 4  # of a pixel: what is read back and written again stays the same
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no way to write these


def annotation_xml(labelled: LabelledImage) -> tuple[str, int]:
    """The text of the file, and how many objects are in it."""
    image = labelled.image
    objects = [text for each in labelled.annotations if (text := object_xml(each))]
    lines = ["<annotation>", *head(image), *objects, "</annotation>", ""]
    return "\n".join(lines), len(objects)


def head(image: ImageRecord) -> Iterator[str]:
    folder, _slash, name = image.file.partition("/")
    yield f"  <folder>{said(folder)}</folder>"
    yield f"  <filename>{said(name)}</filename>"
    yield "  <source><database>LabelApp</database></source>"
    yield f"  <size><width>{image.width or 0}</width><height>{image.height or 0}</height><depth>3</depth></size>"
    yield "  <segmented>0</segmented>"
    yield f"  <labelapp><name>{said(image.name)}</name><sha256>{image.sha256}</sha256></labelapp>"


def object_xml(annotation: AnnotationRecord) -> str:
    box = box_around(annotation.shape, annotation.geometry)
    if box is None:
        return ""
    x, y, w, h = box
    left, top, right, bottom = (round(value, DIGITS) for value in (x, y, x + w, y + h))
    if left >= right or top >= bottom:
        return ""  # a single keypoint, or less than a digit shows: trainers take such a box for an error
    attributes = dict(annotation.attributes)
    pose = attributes.pop(POSE) if isinstance(attributes.get(POSE), str) and attributes[POSE] else NO_POSE
    flags = {name: int(attributes.pop(name, False)) for name in FLAGS if isinstance(attributes.get(name, False), bool)}
    flags["occluded"] = int(bool(flags.get("occluded") or annotation.occluded))
    edges = {"xmin": left, "ymin": top, "xmax": right, "ymax": bottom}
    lines = [
        "  <object>",
        f"    <name>{said(annotation.label_class)}</name>",
        f"    <pose>{said(pose)}</pose>",
        *(f"    <{name}>{flag}</{name}>" for name, flag in flags.items()),
        "    <bndbox>",
        *(f"      <{name}>{cells.number(value)}</{name}>" for name, value in edges.items()),
        "    </bndbox>",
        *attribute_lines(attributes),
        "  </object>",
    ]
    return "\n".join(lines)


def attribute_lines(attributes: dict[str, Any]) -> Iterator[str]:
    """As CVAT and Datumaro write them."""
    if not attributes:
        return
    yield "    <attributes>"
    for name, value in attributes.items():
        text = f"<name>{said(name)}</name><value>{said(cells.plain(value))}</value>"
        yield f"      <attribute>{text}</attribute>"
    yield "    </attributes>"


def said(text: str) -> str:
    return REFUSED.sub("\ufffd", escape(text, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}))
