"""What crosses the border between a file and the site: one image, its annotations, and where a row stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

SHAPES = ("tag", "box", "rotated_box", "polygon", "polyline", "keypoints", "ellipse", "mask")


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image. A reader leaves None where its file does not say; ``file`` is the path inside an exported ZIP.

    ``stem_only``: the name has no suffix, as the file of labels is called like the image but for that.
    """

    name: str = ""
    id: int | None = None
    sha256: str = ""
    width: int | None = None
    height: int | None = None
    split: str | None = None
    status: str | None = None
    group: str | None = None
    revision: int | None = None
    reviewed_by: str = ""
    file: str = ""
    stem_only: bool = False


@dataclass(frozen=True, slots=True)
class AnnotationRecord:
    """One annotation; geometry as in the API, in pixels of the upright original.

    A reader leaves None where its file does not say; ``group`` 0: it says that the annotation belongs to none.
    """

    label_class: str
    shape: str
    geometry: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    source: str | None = None
    score: float | None = None
    model: int | None = None
    author: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    id: str | None = None
    occluded: bool | None = None
    z_order: int | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class LabelledImage:
    """What a format writes: annotations may be any iterable, also one that is read as it goes."""

    image: ImageRecord
    annotations: Iterable[AnnotationRecord]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project before its images are read.

    Args:
        classes: names, in the project's order.
        attributes: names of the attributes that a table gives a column of their own.
        skeletons: of the classes that have one, by name, as the API shows them.
        scratch: a folder for what has to wait on disk; None: the system's.
    """

    classes: Sequence[str] = ()
    attributes: Sequence[str] = ()
    skeletons: dict[str, Any] = field(default_factory=dict)
    scratch: Path | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of this file name the image, the class and the place: for messages about a row.

    ``complete``: the file has all labels of the images that it names, so that importing it restores them.
    ``attributes``: the column of each attribute that has one; ``others``: the column of all others, or an empty text.
    ``offered``: attributes that a class need not know, as many tools write them everywhere: left out where it defines
    others, and, if they are false, where it defines none.
    ``shapes``: the column of a shape's geometry, where shapes have columns of their own.
    ``classes``: all classes that the file lists, in its order.
    ``skeletons``: of classes by their name, as the file says them: unchecked.
    ``images_apart``: images have rows of their own, which tell what is wrong with the image once for all.
    """

    image: str
    label_class: str
    geometry: str
    complete: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    others: str = ""
    offered: frozenset[str] = frozenset()
    shapes: dict[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    skeletons: dict[str, Any] = field(default_factory=dict)
    images_apart: bool = False

    def of_shape(self, shape: str) -> str:
        return self.shapes.get(shape, self.geometry)

    def of_attribute(self, name: str) -> str:
        return self.attributes.get(name) or self.others or self.label_class


@dataclass(frozen=True, slots=True)
class Row:
    """What a format reads: one row, and the line on which it begins.

    ``file``: the member of an archive in which that line is; ``item``: the path of the row in a file that is no table.
    ``relative``: the geometry is in parts of the image's width and height (``relative.in_pixels``).
    """

    line: int
    image: ImageRecord
    annotation: AnnotationRecord | None
    columns: Columns
    file: str = ""
    item: str = ""
    relative: bool = False
