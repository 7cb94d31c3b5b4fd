"""COCO JSON to records: once through the file for images and categories, wherever they stand, and once for the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from labelapp.formats.coco_shapes import read_shape
from labelapp.formats.coco_skeleton import Skeleton, skeleton_of
from labelapp.formats.coco_writer import OWN
from labelapp.formats.errors import Errors, Problem, UnreadableFile, gettext_noop
from labelapp.formats.fields import Fields
from labelapp.formats.json_stream import Item, JsonObject
from labelapp.formats.records import SHAPES, AnnotationRecord, Columns, ImageRecord, Row

# What other tools write with every annotation, whether or not the class knows it.
FLAGS = ("occluded", "iscrowd", "is_crowd", "rotation", "track_id", "keyframe")
GEOMETRY = {"box": "bbox", "keypoints": "keypoints"}
NEEDED = ("images", "annotations", "categories")


@dataclass(frozen=True, slots=True)
class CocoImage:
    record: ImageRecord
    item: str
    line: int
    tags: tuple[dict[str, Any], ...]


class CocoReader:
    def __init__(self, stream: BinaryIO, errors: Errors):
        self._stream, self._errors = stream, errors
        self._images: dict[Any, CocoImage] = {}
        self._classes: dict[Any, str] = {}
        self._skeletons: dict[Any, Skeleton] = {}
        self._columns = Columns("file_name", "category_id", "segmentation")

    def rows(self) -> Iterator[Row]:
        """The images, each with the tags that it may have, then the annotations."""
        self._survey()
        for image in self._images.values():
            yield Row(image.line, image.record, None, self._columns, item=image.item)
            for index, tag in enumerate(image.tags):
                yield from self._row(Item("", None, tag, image.line), f"{image.item}.{OWN}.tags[{index}]", image)
        self._stream.seek(0)
        for item in JsonObject(self._stream).items():
            if item.key == "annotations" and item.index is not None:
                yield from self._row(item, item.path, None)

    def _survey(self) -> None:
        keys = set()
        complete = attributes = False
        for item in JsonObject(self._stream).items():
            keys.add(item.key)
            if item.index is None and item.key in NEEDED:
                if item.value != []:
                    raise UnreadableFile(gettext_noop("A list is needed here."), item.line, item.key)
                continue
            try:
                if item.key == "images":
                    self._learn_image(item)
                elif item.key == "categories":
                    self._learn_category(item)
                elif item.key == "annotations" and isinstance(item.value, dict):
                    attributes = attributes or "attributes" in item.value
                    refuse_other_tasks(item)
                elif item.key == "info":
                    complete = isinstance(item.value, dict) and OWN in item.value
            except Problem as problem:
                if isinstance(problem, UnreadableFile):
                    raise
                self._errors.add_problem(item.line, problem, item=item.path)
        missing = [key for key in NEEDED if key not in keys]
        if missing:
            message = gettext_noop(
                "There is no “{key}”. COCO has “images”, “annotations” and “categories” side by side."
            )
            raise UnreadableFile(message, key=missing[0])
        if not complete:
            self._classes = {number: name.strip() for number, name in self._classes.items()}
        if not self._images and not self._errors.count:
            raise UnreadableFile(gettext_noop("The file lists no images: there is nothing to import."))
        self._columns = Columns(
            "file_name", "category_id", "segmentation", complete=complete, others="attributes" if attributes else "",
            offered=frozenset(() if complete else FLAGS), shapes=GEOMETRY, classes=tuple(self._classes.values()),
            skeletons={self._classes[number]: each for number, each in self._skeletons.items() if each},
            images_apart=True,
        )  # fmt: skip

    def _learn_category(self, item: Item) -> None:
        fields = Fields(item.value)
        identity, name = fields.identity("id"), fields.text("name", required=True)
        if (other := self._classes.setdefault(identity, name)) != name:
            # Not an error of this category alone: nobody can tell which one its annotations mean.
            message = gettext_noop("“{other}” has the same id. Ids of categories must differ.")
            raise UnreadableFile(message, item.line, f"{item.path}.id", other=other[:40])
        own = fields.inner(OWN)
        self._skeletons[identity] = own.get("skeleton") if own else skeleton_of(fields)

    def _learn_image(self, item: Item) -> None:
        fields = Fields(item.value)
        own = fields.inner(OWN)
        identity = fields.identity("id")
        if identity in self._images:
            message = gettext_noop("{other} has the same id. Ids of images must differ.")
            raise Problem("id", message, other=self._images[identity].item)
        record = ImageRecord(
            name=fields.text("file_name", required=not own.text("sha256")),
            sha256=own.text("sha256").lower(),
            width=fields.whole("width"),
            height=fields.whole("height"),
            split=own.choice("split", ("", "train", "validation", "test")),
            status=own.choice("status", ("new", "in_progress", "labelled", "approved", "sent_back")) or None,
            group=own.optional_text("group", longest=200),
        )
        self._images[identity] = CocoImage(record, item.path, item.line, tuple(own.list("tags")))

    def _row(self, item: Item, path: str, image: CocoImage | None) -> Iterator[Row]:
        try:
            fields = Fields(item.value)
            image = image or self._image(fields)
            row = Row(item.line, image.record, self._annotation(fields), self._columns, item=path)
        except Problem as problem:
            self._errors.add_problem(item.line, problem, item=path)
        else:
            yield row

    def _image(self, fields: Fields) -> CocoImage:
        identity = fields.identity("image_id")
        if identity not in self._images:
            message = gettext_noop("“images” has no image with the id {id}. Add it there, or remove this annotation.")
            raise Problem("image_id", message, id=str(identity)[:40])
        return self._images[identity]

    def _annotation(self, fields: Fields) -> AnnotationRecord:
        category = fields.identity("category_id")
        if category not in self._classes:
            message = gettext_noop("“categories” has no category with the id {id}. Add it there, or correct the id.")
            raise Problem("category_id", message, id=str(category)[:40])
        own = fields.inner(OWN)
        attributes = fields.values("attributes")
        if fields.get("iscrowd") in (1, True):
            attributes["iscrowd"] = True
        shape, geometry = own.choice("shape", SHAPES), own.get("geometry")
        if not shape or not (geometry or shape == "tag"):
            shape, geometry = read_shape(fields, rotation=None if shape else attributes.get("rotation"))
        if shape == "rotated_box" and not own:
            attributes.pop("rotation", None)
        return AnnotationRecord(
            id=own.uuid("id"),
            label_class=self._classes[category],
            shape=shape,
            geometry=geometry or {},
            attributes=attributes,
            source=own.choice("source", ("manual", "auto", "semi-auto", "file")) or None,
            score=fields.number("score"),
            model=own.row_id("model"),
            author=own.text("author"),
            created_at=own.time("created_at"),
            updated_at=own.time("updated_at"),
            occluded=own.flag("occluded") if own else said_occluded(attributes),
            z_order=own.whole("z_order"),
            group=own.whole("group"),
        )


def said_occluded(attributes: dict[str, Any]) -> bool | None:
    """As CVAT and Datumaro say it."""
    value = attributes.get("occluded")
    return value if isinstance(value, bool) else None


def refuse_other_tasks(item: Item) -> None:
    """
    Raises:
        UnreadableFile: COCO, but neither instances nor keypoints.
    """
    for key, name in (("segments_info", "panoptic"), ("caption", "captions")):
        if key in item.value and "bbox" not in item.value:
            message = gettext_noop("This is COCO {name}. Export instances or keypoints; other tasks are not read.")
            raise UnreadableFile(message, item.line, f"{item.path}.{key}", name=name)
