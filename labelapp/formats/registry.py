from typing import BinaryIO

from labelapp.formats.coco import Coco
from labelapp.formats.csv_boxes import BoxesCsv
from labelapp.formats.csv_classification import ClassificationCsv
from labelapp.formats.csv_lossless import LosslessCsv
from labelapp.formats.errors import UnreadableFile, gettext_noop
from labelapp.formats.format import Format, TableFormat
from labelapp.formats.table import Table

# In the order in which pages show them and ``detect`` asks them.
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        LosslessCsv(),
        ClassificationCsv(),
        BoxesCsv(),
        Coco(),
    )
}
AUTO = "auto"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def detect(stream: BinaryIO) -> Format:
    """The format that the file's beginning tells; the stream stands at its start again afterwards.

    Raises:
        UnreadableFile: none that is known.
    """
    start = stream.read(4096).removeprefix(BYTE_ORDER_MARK).lstrip()
    stream.seek(0)
    if start.startswith((b"{", b"[")):
        return FORMATS["coco"]
    return of_table(stream)


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
