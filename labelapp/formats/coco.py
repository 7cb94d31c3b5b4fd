from collections.abc import Iterable, Iterator
from typing import BinaryIO

from labelapp.formats.coco_reader import CocoReader
from labelapp.formats.coco_writer import CocoWriter
from labelapp.formats.errors import Errors, gettext_noop
from labelapp.formats.format import Format
from labelapp.formats.packed import LIMITS, Limits
from labelapp.formats.records import SHAPES, Known, LabelledImage, Row


class Coco(Format):
    """Instances and keypoints of COCO in one JSON file; docs/formats/coco.md says what goes where."""

    name = "coco"
    title = gettext_noop("COCO JSON")
    description = gettext_noop(
        "Boxes, polygons, masks and keypoints as most trainers read them. Importing it restores the labels exactly."
    )
    suffix = ".json"
    media_type = "application/json"
    shapes = SHAPES
    row_bytes = 400
    complete = True

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        return CocoWriter(stream, known).write(images)

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        return CocoReader(stream, errors).rows()
