from collections.abc import Iterable, Iterator
from typing import BinaryIO

from labelapp.formats import cells
from labelapp.formats.errors import Errors, gettext_noop
from labelapp.formats.format import TableFormat
from labelapp.formats.packed import LIMITS, Limits
from labelapp.formats.records import AnnotationRecord, Columns, ImageRecord, Known, LabelledImage, Row
from labelapp.formats.table import Names, Table
from labelapp.formats.text import csv_writer

COLUMNS: dict[str, tuple[str, ...]] = {
    "filename": ("image", "file", "file_name", "image_name", "name", "path"),
    "class": ("label", "class_name", "category"),
}


class ClassificationCsv(TableFormat):
    """``filename,class``: one row per class of an image; images without a class are left out."""

    name = "csv-classification"
    title = gettext_noop("CSV, classification")
    description = gettext_noop("filename,class: one row per class of an image, for scripts that train classifiers.")
    shapes = ("tag",)
    row_bytes = 30

    def matches(self, header: list[str]) -> bool:
        names = Names(header, COLUMNS)
        return "filename" in names and "class" in names and not {"xmin", "xmax"} & {name.lower() for name in header}

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        rows = 0
        with csv_writer(stream) as writer:
            writer.writerow(["filename", "class"])
            for labelled in images:
                name = cells.guard(labelled.image.file or labelled.image.name)
                for annotation in labelled.annotations:
                    if annotation.shape == "tag":
                        writer.writerow([name, cells.guard(annotation.label_class)])
                        rows += 1
        return rows

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        table = Table(stream)
        names = Names(table.header, COLUMNS)
        names.require("filename", "class")
        columns = Columns(names["filename"], names["class"], names["class"])
        for line, row in table.rows(errors):
            image = ImageRecord(name=cells.unguard(row[columns.image]))
            label_class = cells.unguard(row[columns.label_class]).strip()
            annotation = AnnotationRecord(label_class, "tag", source="file") if label_class else None
            if image.name:
                yield Row(line, image, annotation, columns)
            else:
                errors.add(line, columns.image, gettext_noop("The file name is missing."))
