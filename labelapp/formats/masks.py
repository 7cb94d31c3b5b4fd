import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from labelapp.formats.errors import Errors, UnreadableFile, gettext_noop
from labelapp.formats.format import Format
from labelapp.formats.mask_classes import CLASSES, CLASSES_HEADER
from labelapp.formats.mask_places import CLASS_FOLDER, OBJECT_FOLDER, mask_path
from labelapp.formats.mask_reader import MaskReader
from labelapp.formats.packed import LIMITS, Limits, Packed, is_packed
from labelapp.formats.pixels import inside_of
from labelapp.formats.records import SHAPES, Known, LabelledImage, Row
from labelapp.formats.text import csv_writer
from labelapp.formats.voc_writer import SETS
from labelapp.formats.yolo_data import IMAGES, IMAGES_HEADER
from labelapp.formats.zip_writing import write_member

LARGEST_BYTE = 254  # 255 is "no class" to many


class Masks(Format):
    """One PNG per image whose values are classes, and one whose values are objects; docs/formats/masks.md."""

    name = "masks"
    title = gettext_noop("Segmentation masks")
    description = gettext_noop(
        "A ZIP with PNG files in the layout of Pascal VOC: each pixel's class, and which object it belongs to."
    )
    suffix = ".zip"
    media_type = "application/zip"
    shapes = tuple(each for each in SHAPES if each not in ("tag", "polyline", "keypoints"))
    row_bytes = 300
    packed = True

    def image_path(self, name: str, split: str) -> str:
        return f"JPEGImages/{name}"

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        classes = {name: value for value, name in enumerate(known.classes, 1)}
        rows = 0
        sets: dict[str, list[str]] = {}
        listed = [IMAGES_HEADER]
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for labelled in images:
                image = labelled.image
                path = mask_path(image.file)
                of_classes, of_objects, count = painted(labelled, classes)
                write_member(archive, path, png(of_classes))
                write_member(archive, path.replace(CLASS_FOLDER, OBJECT_FOLDER, 1), png(of_objects))
                stem = str(PurePosixPath(path).relative_to(CLASS_FOLDER).with_suffix(""))
                for name in SETS[image.split or ""]:
                    sets.setdefault(name, []).append(stem)
                listed.append([image.file, image.name, image.sha256, image.split or ""])
                rows += count
            for name, paths in sorted(sets.items()):
                write_member(archive, f"ImageSets/Segmentation/{name}.txt", "".join(f"{path}\n" for path in paths))
            write_member(archive, CLASSES, table([CLASSES_HEADER, *([value, name] for name, value in classes.items())]))
            write_member(archive, "labelmap.txt", "".join(label_map(classes)))
            write_member(archive, IMAGES, table(listed))
        return rows

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        if not is_packed(stream.read(512)):
            raise UnreadableFile(gettext_noop("Masks come as a ZIP or tar with a PNG file for each image."))
        return MaskReader(Packed(stream, limits), errors, limits).rows()


def painted(labelled: LabelledImage, classes: dict[str, int]) -> tuple[Any, Any, int]:
    """The class and the object of each pixel, 0 for none, and how many objects there are.

    What has a higher ``z_order`` lies above, of the same one what came later: as on the labelling page.
    """
    import numpy as np

    width, height = labelled.image.width or 1, labelled.image.height or 1
    of_classes, of_objects = np.zeros((height, width), np.uint16), np.zeros((height, width), np.uint16)
    count = 0
    for each in sorted(labelled.annotations, key=lambda each: each.z_order or 0):
        inside = inside_of(each.shape, each.geometry, width, height)
        if inside is not None and inside.any():
            count += 1
            of_classes[inside] = classes.setdefault(each.label_class, len(classes) + 1)
            of_objects[inside] = count
    return of_classes, of_objects, count


def png(values: Any) -> bytes:
    """With a palette, so that people see something, where the values fit into a byte."""
    import numpy as np
    from PIL import Image

    small = values.max() <= LARGEST_BYTE
    picture = Image.fromarray(values.astype(np.uint8 if small else np.uint16))
    if small:
        picture.putpalette([part for value in range(256) for part in colour_of(value)])
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def colour_of(value: int) -> tuple[int, int, int]:
    """As the VOC devkit colours its masks (VOClabelcolormap.m): bits of the value, dealt out to red, green and blue.

    >>> [colour_of(value) for value in (0, 1, 2, 3, 9)]
    [(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (192, 0, 0)]
    """
    red = green = blue = 0
    for place in range(7, -1, -1):
        red |= (value & 1) << place
        green |= (value >> 1 & 1) << place
        blue |= (value >> 2 & 1) << place
        value >>= 3
    return red, green, blue


def label_map(classes: dict[str, int]) -> Iterator[str]:
    """As CVAT and Datumaro read it, which have no way to write a colon or a line's end."""
    yield "# label:color_rgb:parts:actions\n"
    for name, value in {"background": 0, **classes}.items():
        text = " ".join(name.replace(":", " ").split())
        yield f"{text}:{','.join(map(str, colour_of(value & 255)))}::\n"


def table(rows: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    with csv_writer(stream) as writer:
        writer.writerows(rows)
    return stream.getvalue()
