"""An archive of YOLO labels to records: first what says which classes and images there are, then the labels."""

import math
from collections.abc import Iterator
from pathlib import PurePosixPath

from labelapp.formats.errors import Errors, Problem, UnreadableFile, gettext_noop
from labelapp.formats.packed import Member, Packed
from labelapp.formats.records import AnnotationRecord, Columns, ImageRecord, Row
from labelapp.formats.rings import Ring
from labelapp.formats.yolo_data import IMAGES, Data, read_data, read_images, read_names
from labelapp.lib.text import shorten

FOLDERS = ("labels", "obj_train_data")  # of Ultralytics, of Darknet
LISTS = ("classes.txt", "obj.names")
SPLITS = {"train": "train", "val": "validation", "valid": "validation", "validation": "validation", "test": "test"}
OUTSIDE = 0.01  # more than that is no error of rounding


class YoloReader:
    """
    Args:
        errors: get what is wrong with single lines.
        task: how a line with more numbers than a box has is meant; data.yaml may say it better.
    """

    def __init__(self, packed: Packed, errors: Errors, task: str):
        self._packed, self._errors, self._task = packed, errors, task
        self._data: Data | None = None
        self._images: dict[str, ImageRecord] = {}

    def rows(self) -> Iterator[Row]:
        self._survey()
        assert self._data
        names = self._data.classes
        skeletons = {names[number]: each for number, each in self._data.skeletons.items() if number in names}
        columns = Columns(
            "image", "class", "coordinates", classes=tuple(names.values()), skeletons=skeletons, images_apart=True
        )
        found = False
        for member in self._packed.members(is_labels):
            found = True
            yield from self._labels(member, self._data, columns)
        if not found:
            raise UnreadableFile(gettext_noop("The archive holds no .txt files in a folder “labels”."))

    def _survey(self) -> None:
        listed = None
        for member in self._packed.members(is_about_all):
            name = PurePosixPath(member.name).name
            if name == IMAGES:
                self._images = read_images(member)
            elif name in LISTS:
                listed = read_names(member)
            else:
                self._data = self._data or read_data(member)
        self._data = self._data or listed
        if self._data is None:
            message = gettext_noop("The names of the classes are missing: add data.yaml with “names”, or classes.txt.")
            raise UnreadableFile(message)

    def _labels(self, member: Member, data: Data, columns: Columns) -> Iterator[Row]:
        image = self._image(member.name)
        yield Row(1, image, None, columns, member.name)
        for line, text in enumerate(member.content.decode(errors="replace").splitlines(), 1):
            if not text.strip():
                continue
            try:
                annotation = self._annotation(text.split(), data)
            except Problem as problem:
                self._errors.add_problem(line, problem, member.name)
            else:
                yield Row(line, image, annotation, columns, member.name, relative=True)

    def _image(self, file: str) -> ImageRecord:
        if file in self._images:
            return self._images[file]
        parts = list(PurePosixPath(file).with_suffix("").parts)
        split = next((SPLITS[part.lower()] for part in parts[:-1] if part.lower() in SPLITS), None)
        place = max(index for index, part in enumerate(parts[:-1]) if part in FOLDERS)
        inside = parts[place + 1 :]
        if len(inside) > 1 and inside[0].lower() in SPLITS:
            inside = inside[1:]
        return ImageRecord(name="/".join(inside), stem_only=True, split=split)

    def _annotation(self, words: list[str], data: Data) -> AnnotationRecord:
        number = class_number(words[0])
        if number not in data.classes:
            message = gettext_noop("There is no class {number}: the names go from {first} to {last}.")
            known = sorted(data.classes) or [0]
            raise Problem("class", message, number=shorten(words[0]), first=known[0], last=known[-1])
        values = [coordinate(word) for word in words[1:]]
        shape, geometry = self._shape(values, data)
        score = values[4] if shape == "box" and len(values) == 5 else None
        for value in flat(geometry):
            if not -OUTSIDE <= value <= 1 + OUTSIDE:
                message = gettext_noop("{value} is no part of the image's width or height, from 0 to 1.")
                raise Problem("coordinates", message, value=value)
        return AnnotationRecord(data.classes[number], shape, geometry, source="file", score=score)

    def _shape(self, values: list[float], data: Data) -> tuple[str, dict]:
        count = len(values)
        if data.points and count == 4 + data.points * data.dimensions:
            return "keypoints", {"points": points_of(values[4:], data.dimensions)}
        if count in (4, 5):  # the fifth is the confidence of a model
            return "box", {"box": values[:4]}
        if (data.task or self._task) == "obb" and count == 8:
            return "rotated_box", {"corners": pairs(values)}
        if not data.points and count >= 6 and count % 2 == 0:
            return "polygon", {"rings": [pairs(values)]}
        if data.points:
            wanted = 4 + data.points * data.dimensions
            message = gettext_noop(
                "A class and {wanted} numbers are needed here, as kpt_shape says; there are {count}."
            )
            raise Problem("coordinates", message, wanted=wanted, count=count)
        message = gettext_noop(
            "A class and 4 numbers of a box, or 3 pairs or more of a polygon, are needed; there are {count} numbers."
        )
        raise Problem("coordinates", message, count=count)


def task_of(packed: Packed) -> str:
    """What data.yaml says, or lets guess, about the task; boxes and polygons are told apart line by line."""
    for member in packed.members(is_about_all):
        data = None if PurePosixPath(member.name).name in (IMAGES, *LISTS) else read_data(member)
        if data:
            return data.task or ("pose" if data.points else "detect")
    return "detect"


def is_labels(path: PurePosixPath) -> bool:
    return path.suffix == ".txt" and path.name not in LISTS and any(part in FOLDERS for part in path.parts[:-1])


def is_about_all(path: PurePosixPath) -> bool:
    return path.suffix in (".yaml", ".yml") or path.name in (IMAGES, *LISTS)


def class_number(word: str) -> int:
    value = coordinate(word, "class")
    if value != int(value):
        raise Problem("class", gettext_noop("“{word}” is not the number of a class."), word=shorten(word))
    return int(value)


def coordinate(word: str, column: str = "coordinates") -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Problem(column, gettext_noop("“{word}” is not a number."), word=shorten(word))
    return value


def pairs(values: list[float]) -> Ring:
    return [values[start : start + 2] for start in range(0, len(values), 2)]


def points_of(values: list[float], dimensions: int) -> list[list[float]]:
    """Without a visibility, points at 0, 0 are not there and the others can be seen."""
    points = [values[start : start + dimensions] for start in range(0, len(values), dimensions)]
    return points if dimensions == 3 else [[x, y, 2 if x or y else 0] for x, y in points]


def flat(geometry: dict) -> Iterator[float]:
    """All numbers that are parts of width or height."""
    yield from geometry.get("box", ())
    for ring in (geometry.get("corners", ()), geometry.get("points", ()), *geometry.get("rings", ())):
        for point in ring:
            yield from point[:2]
