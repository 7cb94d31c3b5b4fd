"""XML of Pascal VOC to records. Edges of boxes are taken as they stand: see docs/formats/voc.md."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from labelapp.formats import cells
from labelapp.formats.csv_boxes import EDGES, read_box
from labelapp.formats.errors import Errors, Problem, UnreadableFile, gettext_noop
from labelapp.formats.packed import Packed
from labelapp.formats.records import AnnotationRecord, Columns, ImageRecord, Row
from labelapp.formats.voc_writer import FLAGS, NO_POSE, POSE
from labelapp.formats.xml_lines import Element, parse

COLUMNS = Columns("filename", "name", "bndbox", offered=frozenset((*FLAGS, POSE)), images_apart=True)
EDGE_COLUMNS = {edge: f"bndbox.{edge}" for edge in EDGES}
LISTS = (("ImageSets", "Main"), ("ImageSets", "Segmentation"))
SPLITS = {"train": "train", "val": "validation", "test": "test"}
YES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def image_sets(packed: Packed) -> dict[str, str]:
    """The split of each image that ImageSets/Main names, by its path without the suffix."""
    splits: dict[str, str] = {}
    for member in packed.members(is_image_set):
        split = SPLITS[PurePosixPath(member.name).stem]
        for line in member.content.decode(errors="replace").splitlines():
            if line.strip():
                splits[line.strip()] = split
    return splits


def is_image_set(path: PurePosixPath) -> bool:
    return path.parts[-3:-1] in LISTS and path.suffix == ".txt" and path.stem in SPLITS


def set_name(file: str) -> str:
    """How ImageSets/Main names the image of this file of labels.

    >>> set_name("VOC2007/Annotations/street/1.xml")
    'street/1'
    """
    inside = file.rpartition("Annotations/")[2]
    return str(PurePosixPath(inside).with_suffix(""))


def rows_of(content: bytes, file: str, split: str | None, errors: Errors) -> Iterator[Row]:
    """The image, then its objects."""
    try:
        root = parse(content, file)
        image = image_of(root, split)
    except UnreadableFile as problem:
        errors.add_problem(problem.line, problem, file)
        return
    except Problem as problem:
        errors.add_problem(1, problem, file)
        return
    exact = root.find("labelapp") is not None
    yield Row(root.line, image, None, COLUMNS, file)
    for number, element in enumerate(root.all("object"), 1):
        item = f"object[{number}]"
        try:
            yield Row(element.line, image, annotation_of(element, exact), COLUMNS, file, item)
        except Problem as problem:
            errors.add_problem(element.line, problem, file, item)


def image_of(root: Element, split: str | None) -> ImageRecord:
    if root.name != "annotation":
        message = gettext_noop("The root is <{name}>. Pascal VOC has <annotation> there.")
        raise Problem("", message, name=root.name[:40])
    own = root.find("labelapp")
    name = (own.text_of("name") if own else "") or root.text_of("filename").strip()
    if not name:
        raise Problem("filename", gettext_noop("The file name of the image is missing."))
    return ImageRecord(
        name=name,
        sha256=root.value("labelapp/sha256").lower(),
        width=cells.read_integer(root.value("size/width"), "size.width") or None,  # some tools write 0
        height=cells.read_integer(root.value("size/height"), "size.height") or None,
        split=split,
    )


def annotation_of(element: Element, exact: bool) -> AnnotationRecord:
    """
    Args:
        exact: blanks around the class belong to it, as in what was exported from here.
    """
    name = element.text_of("name") if exact else element.value("name")
    if not name.strip():
        raise Problem("name", gettext_noop("The class is missing."))
    if not element.find("bndbox"):
        raise Problem("bndbox", gettext_noop("The box is missing. Give it, or remove the object."))
    box = read_box({edge: element.value(f"bndbox/{edge}") for edge in EDGES}, EDGE_COLUMNS)
    attributes: dict[str, Any] = {}
    for flag in FLAGS:
        if text := element.value(flag).lower():
            attributes[flag] = YES.get(text, text)
    pose = element.value(POSE)
    if pose and pose != NO_POSE:
        attributes[POSE] = pose
    listed = element.find("attributes")
    for each in listed.all("attribute") if listed else ():
        attributes[each.text_of("name")] = cells.read_plain(each.text_of("value"))
    occluded = attributes.get("occluded")
    return AnnotationRecord(
        name, "box", {"box": box}, attributes, source="file", occluded=occluded if isinstance(occluded, bool) else None
    )
