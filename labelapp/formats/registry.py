from pathlib import PurePosixPath
from typing import BinaryIO

from labelapp.formats.coco import Coco
from labelapp.formats.csv_boxes import BoxesCsv
from labelapp.formats.csv_classification import ClassificationCsv
from labelapp.formats.csv_lossless import LosslessCsv
from labelapp.formats.errors import UnreadableFile, gettext_noop
from labelapp.formats.format import Format, TableFormat
from labelapp.formats.mask_places import are_masks
from labelapp.formats.masks import Masks
from labelapp.formats.packed import LIMITS, Limits, Packed, is_packed
from labelapp.formats.table import Table
from labelapp.formats.voc import PascalVoc
from labelapp.formats.yolo import Yolo, YoloObb, YoloPose, YoloSegment
from labelapp.formats.yolo_reader import is_labels, task_of

# In the order in which pages show them and ``detect`` asks them.
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        LosslessCsv(),
        ClassificationCsv(),
        BoxesCsv(),
        Coco(),
        PascalVoc(),
        Yolo(),
        YoloSegment(),
        YoloObb(),
        YoloPose(),
        Masks(),
    )
}
AUTO = "auto"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def detect(stream: BinaryIO, limits: Limits = LIMITS) -> Format:
    """The format that the file's beginning tells; the stream stands at its start again afterwards.

    Raises:
        UnreadableFile: none that is known.
    """
    head = stream.read(4096)
    stream.seek(0)
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    if is_packed(head):
        found = of_archive(stream, limits)
        stream.seek(0)
        return found
    if start.startswith((b"{", b"[")):
        return FORMATS["coco"]
    if start.startswith((b"<annotation", b"<?xml")):
        return FORMATS["voc"]
    return of_table(stream)


def of_archive(stream: BinaryIO, limits: Limits) -> Format:
    packed = Packed(stream, limits)
    names = packed.names()
    for each in ("labels.csv", "labels.json"):
        if each in names:
            raise UnreadableFile(gettext_noop("Unpack the archive and import the file “{name}” in it."), name=each)
    if "[Content_Types].xml" not in names and any(name.lower().endswith(".xml") for name in names):
        return FORMATS["voc"]
    if any(is_labels(PurePosixPath(name)) for name in names):
        task = task_of(packed)
        return next(each for each in FORMATS.values() if isinstance(each, Yolo) and each.task == task)
    if "[Content_Types].xml" in names:
        raise UnreadableFile(gettext_noop("This is a spreadsheet. Save it as “CSV UTF-8” and import that."))
    if are_masks(names):
        return FORMATS["masks"]
    message = gettext_noop(
        "The archive holds no labels that are known: no XML files of Pascal VOC, no text files of YOLO in “labels”, "
        "no PNG masks."
    )
    raise UnreadableFile(message)


def of_table(stream: BinaryIO) -> Format:
    table = Table(stream)
    header = table.header
    table.close()
    stream.seek(0)
    tables = [each for each in FORMATS.values() if isinstance(each, TableFormat)]
    found = next((each for each in tables if each.reads and each.matches(header)), None)
    return found or nearest(header)


def nearest(header: list[str]) -> Format:
    """The format that is meant when some of its columns are there: its reader then says which column is missing."""
    names = {name.lower() for name in header}
    if names & {"image_id", "sha256", "annotation_id", "geometry"}:
        return FORMATS["csv"]
    if names & {"xmin", "ymin", "xmax", "ymax"}:
        return FORMATS["csv-boxes"]
    if names & {"filename", "class", "image", "label"}:
        return FORMATS["csv-classification"]
    message = gettext_noop(
        "These columns belong to no known format: {columns}. "
        "“filename” and “class” are the least that is needed; the first line must name the columns."
    )
    raise UnreadableFile(message, columns=", ".join(header[:20]))
