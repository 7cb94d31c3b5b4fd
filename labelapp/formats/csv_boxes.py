from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from labelapp.formats import cells
from labelapp.formats.bounds import box_around
from labelapp.formats.errors import Errors, Problem, gettext_noop
from labelapp.formats.format import TableFormat
from labelapp.formats.packed import LIMITS, Limits
from labelapp.formats.records import SHAPES, AnnotationRecord, Columns, ImageRecord, Known, LabelledImage, Row
from labelapp.formats.table import Names, Table
from labelapp.formats.text import csv_writer

HEADER = ["filename", "width", "height", "class", "xmin", "ymin", "xmax", "ymax"]
EDGES = ["xmin", "ymin", "xmax", "ymax"]
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(HEADER, ()) | {
    "filename": ("image", "file", "file_name", "image_name", "name", "path"),
    "class": ("label", "class_name", "category"),
}


class BoxesCsv(TableFormat):
    """The table of TensorFlow's object detection tutorials: edges of boxes in pixels, one row per box."""

    name = "csv-boxes"
    title = gettext_noop("CSV, boxes")
    description = gettext_noop("filename,width,height,class,xmin,ymin,xmax,ymax: one row per object, for detectors.")
    shapes = SHAPES[1:]
    row_bytes = 55

    def matches(self, header: list[str]) -> bool:
        names = Names(header, COLUMNS)
        return "xmin" in names and "xmax" in names

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        rows = 0
        with csv_writer(stream) as writer:
            writer.writerow(HEADER)
            for labelled in images:
                image = labelled.image
                start = [cells.guard(image.file or image.name), str(image.width), str(image.height)]
                for annotation in labelled.annotations:
                    box = box_around(annotation.shape, annotation.geometry)
                    if box is not None:
                        x, y, w, h = box
                        edges = [cells.number(value) for value in (x, y, x + w, y + h)]
                        writer.writerow([*start, cells.guard(annotation.label_class), *edges])
                        rows += 1
        return rows

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        table = Table(stream)
        names = Names(table.header, COLUMNS)
        names.require("filename", "class", *EDGES)
        columns = Columns(names["filename"], names["class"], names["xmin"])
        for line, row in table.rows(errors):
            try:
                yield self._row(line, row, names, columns)
            except Problem as problem:
                errors.add_problem(line, problem)

    def _row(self, line: int, row: dict[str, str], names: Names, columns: Columns) -> Row:
        known = {column: row[name] for column, name in names.found.items()}
        image = ImageRecord(
            name=cells.unguard(known["filename"]),
            width=cells.read_integer(known.get("width", ""), "width"),
            height=cells.read_integer(known.get("height", ""), "height"),
        )
        label_class = cells.unguard(known["class"]).strip()
        if not image.name:
            raise Problem(columns.image, gettext_noop("The file name is missing."))
        if not label_class and not any(known[edge].strip() for edge in EDGES):
            return Row(line, image, None, columns)
        if not label_class:
            raise Problem(columns.label_class, gettext_noop("The class is missing."))
        box = read_box(known, names)
        return Row(line, image, AnnotationRecord(label_class, "box", {"box": box}, source="file"), columns)


def read_box(known: Mapping[str, str], names: Mapping[str, str] | Names) -> list[float]:
    """A box by its edges; ``names`` says what the file calls them."""
    edges: dict[str, float] = {}
    for edge in EDGES:
        value = cells.read_float(known[edge], names[edge])
        if value is None:
            raise Problem(names[edge], gettext_noop("The number is missing."))
        edges[edge] = value
    for low, high in (("xmin", "xmax"), ("ymin", "ymax")):
        if edges[high] <= edges[low]:
            message = gettext_noop("{high} ({larger}) must be greater than {low} ({smaller}).")
            values = {"larger": cells.number(edges[high]), "smaller": cells.number(edges[low])}
            raise Problem(names[high], message, high=high, low=low, **values)
    return [edges["xmin"], edges["ymin"], edges["xmax"] - edges["xmin"], edges["ymax"] - edges["ymin"]]
