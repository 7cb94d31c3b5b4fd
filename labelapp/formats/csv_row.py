"""The columns of the complete CSV, and one of its rows back into records."""

from typing import Any

from labelapp.formats import cells
from labelapp.formats.errors import Problem, gettext_noop
from labelapp.formats.records import AnnotationRecord, Columns, ImageRecord, Row
from labelapp.formats.rle import decompress
from labelapp.formats.table import Names

ATTRIBUTE = "attribute:"
HEADER_START = [
    "image_id", "filename", "sha256", "width", "height", "split", "image_status", "group", "file",
    "class", "shape", "box_x", "box_y", "box_w", "box_h", "norm_cx", "norm_cy", "norm_w", "norm_h", "geometry", "mask",
]  # fmt: skip
HEADER_END = [
    "other_attributes", "occluded", "z_order", "annotation_group", "source", "score", "model", "author", "reviewed_by",
    "created_at", "updated_at", "annotation_id", "revision",
]  # fmt: skip
BOX = ["box_x", "box_y", "box_w", "box_h"]
NORM = ["norm_cx", "norm_cy", "norm_w", "norm_h"]
SPLITS = ("", "train", "validation", "test")
STATUSES = ("new", "in_progress", "labelled", "approved", "sent_back")
LONGEST_GROUP = 200
SOURCES = ("manual", "auto", "semi-auto", "file")


class RowReader:
    """Turns the cells of one row into records. Columns that are not there, and empty cells, say nothing."""

    def __init__(self, names: Names):
        self._names = names.found
        named = (name for name in names.unknown if name.startswith(ATTRIBUTE) and name != ATTRIBUTE)
        self._attributes = {name: name[len(ATTRIBUTE) :] for name in named}
        image = next(self._names[each] for each in ("filename", "sha256", "image_id") if each in self._names)
        place = next((self._names[each] for each in ("geometry", "box_x", "shape") if each in self._names), "class")
        self._columns = Columns(
            image,
            self._names["class"],
            place,
            complete="annotation_id" in self._names,
            attributes={name: column for column, name in self._attributes.items()},
            others=self._names.get("other_attributes", ""),
        )

    def row(self, line: int, row: dict[str, str]) -> Row:
        """
        Raises:
            Problem: a cell cannot be understood.
        """
        known = {column: row[name] for column, name in self._names.items()}
        image = self._image(known)
        if not known["class"].strip():
            if known.get("shape") or known.get("annotation_id"):
                raise Problem(self._names["class"], gettext_noop("The class is missing."))
            return Row(line, image, None, self._columns)
        return Row(line, image, self._annotation(known, row, image), self._columns)

    def _image(self, known: dict[str, str]) -> ImageRecord:
        return ImageRecord(
            id=cells.read_id(known.get("image_id", ""), "image_id"),
            name=cells.unguard(known.get("filename", "")),
            sha256=known.get("sha256", "").strip().lower(),
            width=cells.read_integer(known.get("width", ""), "width"),
            height=cells.read_integer(known.get("height", ""), "height"),
            split=cells.choice(known["split"].strip(), "split", SPLITS) if "split" in known else None,
            status=cells.choice(known.get("image_status", "").strip(), "image_status", STATUSES) or None,
            group=group(cells.unguard(known["group"])) if "group" in known else None,
        )

    def _annotation(self, known: dict[str, str], row: dict[str, str], image: ImageRecord) -> AnnotationRecord:
        shape = known.get("shape", "").strip() or ("box" if known.get("box_x", "").strip() else "tag")
        attributes = {name: cells.read_typed(row[column]) for column, name in self._attributes.items() if row[column]}
        return AnnotationRecord(
            id=cells.read_uuid(known.get("annotation_id", ""), "annotation_id"),
            label_class=cells.unguard(known["class"]),
            shape=shape,
            geometry=geometry(shape, known, image),
            attributes=attributes | cells.read_object(known.get("other_attributes", ""), "other_attributes"),
            source=cells.choice(known.get("source", "").strip(), "source", SOURCES) or None,
            score=cells.read_float(known.get("score", ""), "score"),
            model=cells.read_id(known.get("model", ""), "model"),
            author=cells.unguard(known.get("author", "")),
            created_at=cells.read_time(known.get("created_at", ""), "created_at"),
            updated_at=cells.read_time(known.get("updated_at", ""), "updated_at"),
            occluded=cells.read_flag(known.get("occluded", ""), "occluded"),
            z_order=cells.read_integer(known.get("z_order", ""), "z_order"),
            group=annotation_group(known),
        )


def group(cell: str) -> str:
    if len(cell) > LONGEST_GROUP:
        message = gettext_noop("A group has at most {most} characters; this one has {count}.")
        raise Problem("group", message, most=LONGEST_GROUP, count=len(cell))
    return cell


def annotation_group(known: dict[str, str]) -> int | None:
    """An empty cell says that there is none; a file without the column says nothing."""
    cell = known.get("annotation_group")
    return None if cell is None else cells.read_integer(cell, "annotation_group") or 0


def geometry(shape: str, known: dict[str, str], image: ImageRecord) -> dict[str, Any]:
    """The geometry column where it is filled; a plain box may also be given by its box or norm columns."""
    value = cells.read_object(known.get("geometry", ""), "geometry")
    if shape == "mask" and known.get("mask"):
        try:
            counts = decompress(cells.unguard(known["mask"]))
        except ValueError as error:
            message = gettext_noop("This is no compressed COCO RLE (near “{near}”).")
            raise Problem("mask", message, near=str(error)) from None
        size = value.get("size") or [image.height, image.width]
        return {**value, "size": size, "counts": counts}
    if shape == "box" and not value:
        return {"box": box(known, image)}
    return value


def box(known: dict[str, str], image: ImageRecord) -> list[float]:
    pixels = [cells.read_float(known.get(column, ""), column) for column in BOX]
    if None not in pixels:
        return [value for value in pixels if value is not None]
    cx, cy, w, h = (cells.read_float(known.get(column, ""), column) for column in NORM)
    if cx is None or cy is None or w is None or h is None or not image.width or not image.height:
        column = next((column for column, value in zip(BOX, pixels, strict=True) if value is None), "box_x")
        raise Problem(column, gettext_noop("A box needs box_x, box_y, box_w and box_h, or its geometry."))
    return [(cx - w / 2) * image.width, (cy - h / 2) * image.height, w * image.width, h * image.height]
