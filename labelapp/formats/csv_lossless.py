from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from labelapp.formats import cells
from labelapp.formats.bounds import box_around
from labelapp.formats.csv_row import ATTRIBUTE, HEADER_END, HEADER_START, RowReader
from labelapp.formats.errors import Errors, Problem, gettext_noop
from labelapp.formats.format import TableFormat
from labelapp.formats.packed import LIMITS, Limits
from labelapp.formats.records import SHAPES, AnnotationRecord, ImageRecord, Known, LabelledImage, Row
from labelapp.formats.rle import compress
from labelapp.formats.table import Names, Table
from labelapp.formats.text import csv_writer


class LosslessCsv(TableFormat):
    """One row per annotation with everything that is known about it; docs/formats/csv.md lists the columns."""

    name = "csv"
    title = gettext_noop("CSV, complete")
    description = gettext_noop("One row per annotation with every column. Importing it restores the labels exactly.")
    shapes = SHAPES
    row_bytes = 330
    empty_images = True
    complete = True

    def matches(self, header: list[str]) -> bool:
        names = {name.lower() for name in header}
        return bool(names & {"class", "label"}) and bool(names & OWN)

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        rows = 0
        attributes = known.attributes
        own = set(attributes)
        blank = [""] * (len(HEADER_START) - 9 + len(attributes) + len(HEADER_END))
        with csv_writer(stream) as writer:
            writer.writerow([*HEADER_START, *(ATTRIBUTE + name for name in attributes), *HEADER_END])
            for labelled in images:
                start = image_cells(labelled.image)
                written = rows
                for annotation in labelled.annotations:
                    row = annotation_cells(annotation, labelled.image, attributes, own)
                    writer.writerow(start + row)
                    rows += 1
                if rows == written:
                    end = image_end(labelled.image)
                    writer.writerow(start + blank[: -len(end)] + end)
                    rows += 1
        return rows

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        table = Table(stream)
        names = Names(table.header, {name: ALIASES.get(name, ()) for name in (*HEADER_START, *HEADER_END)})
        names.require("class")
        if not any(column in names for column in ("image_id", "sha256")):
            names.require("filename")
        reader = RowReader(names)
        for line, row in table.rows(errors):
            try:
                yield reader.row(line, row)
            except Problem as problem:
                errors.add_problem(line, problem)


# Columns that no other format has.
OWN = {"annotation_id", "geometry", "shape", "image_status", "split", "sha256", "image_id", "box_x", "norm_cx"}
ALIASES = {"filename": ("image", "file_name", "name"), "class": ("label", "class_name")}


def image_cells(image: ImageRecord) -> list[str]:
    return [
        "" if image.id is None else str(image.id),
        cells.guard(image.name),
        image.sha256,
        "" if image.width is None else str(image.width),
        "" if image.height is None else str(image.height),
        image.split or "",
        image.status or "",
        cells.guard(image.group or ""),
        cells.guard(image.file),
    ]


def image_end(image: ImageRecord) -> list[str]:
    return [cells.guard(image.reviewed_by), "", "", "", "" if image.revision is None else str(image.revision)]


def annotation_cells(
    annotation: AnnotationRecord, image: ImageRecord, attributes: Sequence[str], own: set[str]
) -> list[str]:
    geometry, mask = annotation.geometry, ""
    box = box_around(annotation.shape, geometry)
    if annotation.shape == "mask":
        mask = cells.guard(compress(geometry["counts"]))
        geometry = {name: value for name, value in geometry.items() if name != "counts"}
    values = annotation.attributes
    rest = {name: value for name, value in values.items() if name not in own}
    return [
        cells.guard(annotation.label_class),
        annotation.shape,
        *box_cells(box, image.width, image.height),
        cells.compact(geometry),
        mask,
        *(cells.typed(values[name]) if name in values else "" for name in attributes),
        cells.compact(rest) if rest else "",
        "true" if annotation.occluded else "false",
        str(annotation.z_order or 0),
        str(annotation.group or ""),
        annotation.source or "",
        "" if annotation.score is None else repr(annotation.score),
        "" if annotation.model is None else str(annotation.model),
        cells.guard(annotation.author),
        cells.guard(image.reviewed_by),
        annotation.created_at.isoformat() if annotation.created_at else "",
        annotation.updated_at.isoformat() if annotation.updated_at else "",
        annotation.id or "",
        "" if image.revision is None else str(image.revision),
    ]


def box_cells(box: tuple[float, float, float, float] | None, width: int | None, height: int | None) -> list[str]:
    """The box in pixels, then centre and size as parts of the image's width and height."""
    if box is None:
        return [""] * 8
    x, y, w, h = box
    pixels = [cells.number(value) for value in box]
    if not width or not height:
        return [*pixels, "", "", "", ""]
    parts = ((x + w / 2) / width, (y + h / 2) / height, w / width, h / height)
    return pixels + [f"{part:.6f}" for part in parts]
