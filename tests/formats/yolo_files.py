"""What YOLO files the tests write, and what they read of them."""

import io
import zipfile

from labelapp.formats.errors import Errors
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from tests.formats.archives import zip_of

DATA = "names: [cat, dog]\n"


def record(name: str = "a.png", folder: str = "train", **fields) -> ImageRecord:
    return ImageRecord(name, None, "ab", 60, 40, file=f"images/{folder}/{name}", **fields)


def written(format: str, *images: LabelledImage, classes: tuple[str, ...] = ("cat",)) -> dict[str, str]:
    stream = io.BytesIO()
    FORMATS[format].write(stream, images, Known(classes=classes))
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lines_of(format: str, shape: str, geometry: dict) -> list[list[float]]:
    files = written(format, LabelledImage(record(), [AnnotationRecord("cat", shape, geometry)]))
    return [[float(word) for word in line.split()] for line in files["labels/train/a.txt"].splitlines()]


def read(content: bytes, format: str = "") -> tuple[list, Errors]:
    errors, stream = Errors(), io.BytesIO(content)
    found = FORMATS[format] if format else detect(stream)
    return list(found.read(stream, errors)), errors


def row_of(line: str, data: str = DATA, format: str = "yolo"):
    rows, errors = read(zip_of({"data.yaml": data, "labels/train/a.txt": line}), format)
    assert errors.count == 0, errors.first
    return rows[-1]
