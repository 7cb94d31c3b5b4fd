"""An archive of masks to records: a mask for each class of an image, or for each object where these are told apart."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from labelapp.formats.errors import Errors, Problem, UnreadableFile, gettext_noop
from labelapp.formats.mask_classes import READERS, VOID, MaskClasses, read_classes
from labelapp.formats.mask_picture import MaskPicture, Unreadable
from labelapp.formats.mask_places import OBJECT_FOLDER, image_of, mask_path, masks_among, objects_by_image, partner_of
from labelapp.formats.packed import Limits, Member, Packed
from labelapp.formats.pixels import counts_of
from labelapp.formats.records import AnnotationRecord, Columns, ImageRecord, Row
from labelapp.formats.voc_reader import image_sets
from labelapp.formats.yolo_data import IMAGES, read_images

ONLY_CLASS = "foreground"  # where a mask says yes or no, and nothing says to what
MOST_VALUES = 1000  # in one mask: more are no classes, but a photo


class MaskReader:
    """
    Args:
        errors: get what is wrong with single masks.
    """

    def __init__(self, packed: Packed, errors: Errors, limits: Limits):
        assert limits.picture
        self._packed, self._errors = packed, errors
        self._picture: Callable[[bytes], MaskPicture] = limits.picture
        self._classes: MaskClasses | None = None
        self._images: dict[str, ImageRecord] = {}
        self._splits: dict[str, str] = {}

    def rows(self) -> Iterator[Row]:
        self._survey()
        names = self._packed.names()
        chosen = set(masks_among(names))
        alone = objects_by_image(names, chosen)
        if not chosen:
            raise UnreadableFile(gettext_noop("The archive holds no masks: PNG files, in a folder such as “masks”."))
        objects = {path for path in names if OBJECT_FOLDER in PurePosixPath(path).parts[:-1]}
        columns = Columns(
            "image", "class", "pixels", classes=self._classes.names if self._classes else (), images_apart=True
        )
        waiting: dict[
            str, Member
        ] = {}  # masks of objects that stand before the classes of the same image, and the other way round
        for member in self._packed.members(lambda path: str(path) in chosen or str(path) in objects):
            partner = partner_of(member.name)
            if member.name in objects or partner in objects:
                other = waiting.pop(partner, None)
                if other is None:
                    waiting[member.name] = member
                    continue
                of_classes, of_objects = (other, member) if member.name in objects else (member, other)
                yield from self._mask(of_classes, columns, of_objects)
            elif member.name in alone:
                yield from self._object(member, alone[member.name], columns)
            else:
                yield from self._mask(member, columns)
        for member in waiting.values():
            self._errors.add(
                1,
                "pixels",
                gettext_noop("The mask “{name}” that belongs to it is missing."),
                file=member.name,
                name=partner_of(member.name),
            )

    def _survey(self) -> None:
        for member in self._packed.members(lambda path: path.name.lower() in READERS or path.name == IMAGES):
            if PurePosixPath(member.name).name == IMAGES:
                self._images = read_images(member, mask_path, "JPEGImages")
            else:
                self._classes = self._classes or read_classes(member)
        self._splits = image_sets(self._packed)

    def _mask(self, member: Member, columns: Columns, objects: Member | None = None) -> Iterator[Row]:
        try:
            picture = self._read(member)
            image = self._image(member.name, picture)
            numbers = picture.numbers()
            parts = self._read_alike(objects, picture) if objects else None
        except (Problem, Unreadable) as problem:
            self._refuse(member.name, problem)
            return
        yield Row(1, image, None, columns, member.name)
        for value in self._values(member, numbers):
            try:
                name = self._class_of(value, picture)
            except Problem as problem:
                self._errors.add_problem(1, problem, member.name)
                continue
            if not name:
                continue
            inside = numbers == value
            for each in [inside] if parts is None else split_up(inside, parts):
                yield row_of(image, name, each, columns, member.name)

    def _object(self, member: Member, image: str, columns: Columns) -> Iterator[Row]:
        """A file that holds one object of an image."""
        try:
            picture = self._read(member)
        except (Problem, Unreadable) as problem:
            self._refuse(member.name, problem)
            return
        record = ImageRecord(name=image, width=picture.width, height=picture.height, stem_only=True)
        yield Row(1, record, None, columns, member.name)
        inside = picture.numbers() != 0
        if inside.any():
            names = self._classes.names if self._classes else ()
            yield row_of(record, names[0] if len(names) == 1 else ONLY_CLASS, inside, columns, member.name)

    def _read(self, member: Member) -> MaskPicture:
        return self._picture(member.content)

    def _read_alike(self, member: Member, other: MaskPicture) -> Any:
        picture = self._read(member)
        if (picture.width, picture.height) != (other.width, other.height):
            message = gettext_noop("“{name}” has {width} x {height} pixels, this mask {other_width} x {other_height}.")
            raise Problem(
                "pixels", message, name=member.name, width=picture.width, height=picture.height,
                other_width=other.width, other_height=other.height,
            )  # fmt: skip
        return picture.numbers()

    def _values(self, member: Member, numbers: Any) -> list[int]:
        import numpy as np

        values = np.unique(numbers).tolist()
        if len(values) > MOST_VALUES:
            message = gettext_noop("It has {count} different values: this is a photo, not a mask.")
            self._errors.add(1, "pixels", message, file=member.name, count=len(values))
            return []
        if self._classes is None and not set(values) <= {0, 1} and not set(values) <= {0, VOID}:
            message = gettext_noop(
                "Which class each value is, nothing in the archive says. "
                "Add a file classes.txt with a name on each line, the first for the value 0."
            )
            raise UnreadableFile(message, file=member.name)
        return values

    def _class_of(self, value: int, picture: MaskPicture) -> str:
        """Empty where it is none."""
        known = self._classes
        if known is None:
            return ONLY_CLASS if value else ""
        colour = value if picture.coloured else picture.colour_of(value)
        if picture.coloured or (not known.values and colour is not None):
            if colour in known.colours:
                return known.colours[colour]
            if not colour:
                return ""  # black is nothing everywhere
            message = gettext_noop("The colour {red}, {green}, {blue} is not in {listed}.")
            red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
            raise Problem("pixels", message, red=red, green=green, blue=blue, listed=known.file)
        if value in known.values:
            return known.values[value]
        if value in (0, VOID):
            return ""
        raise Problem("pixels", gettext_noop("The value {value} is not in {listed}."), value=value, listed=known.file)

    def _image(self, file: str, picture: MaskPicture) -> ImageRecord:
        known = self._images.get(file)
        if known is None:
            name, split = image_of(file)
            known = ImageRecord(name=name, split=self._splits.get(name, split), stem_only=True)
        return replace(known, width=picture.width, height=picture.height)

    def _refuse(self, file: str, problem: Exception) -> None:
        if isinstance(problem, Problem):
            self._errors.add_problem(1, problem, file)
        else:
            self._errors.add(1, "pixels", "{reason}", file=file, reason=str(problem))


def row_of(image: ImageRecord, name: str, inside: Any, columns: Columns, file: str) -> Row:
    geometry = {"size": list(inside.shape), "counts": counts_of(inside)}
    return Row(1, image, AnnotationRecord(name, "mask", geometry, source="file"), columns, file, name)


def split_up(inside: Any, objects: Any) -> Iterator[Any]:
    """The pixels of a class, object by object; what belongs to none is one."""
    import numpy as np

    for value in np.unique(objects[inside]).tolist():
        yield inside & (objects == value)
