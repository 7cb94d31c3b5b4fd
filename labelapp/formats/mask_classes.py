"""Which class a value or a colour of masks means, from the lists that data sets of masks come with."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from labelapp.formats.errors import UnreadableFile, gettext_noop
from labelapp.formats.packed import Member
from labelapp.lib import strict_json

CLASSES, CLASSES_HEADER = "classes.csv", ["value", "class"]
# What stands for "no class" in such lists, and the value that many data sets use for it without saying so.
NOTHING = {"", "background", "_background_", "void", "unlabelled", "unlabeled", "ignore", "ignored", "__ignore__"}
VOID = 255
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MaskClasses:
    """``values``: the class of each number; ``colours``: of each colour 0xRRGGBB. An empty name: none."""

    values: dict[int, str] = field(default_factory=dict)
    colours: dict[int, str] = field(default_factory=dict)
    file: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Each once, in the order of the list."""
        return tuple(dict.fromkeys(name for name in (self.values or self.colours).values() if name))


def read_classes(member: Member) -> MaskClasses | None:
    """None where the file lists no classes.

    Raises:
        UnreadableFile: a line of it cannot be used.
    """
    text = member.content.replace(b"\0", b"").decode("utf-8-sig", errors="replace")
    found = READERS[PurePosixPath(member.name).name.lower()](text, member.name)
    return found if found.values or found.colours else None


def of_table(text: str, file: str) -> MaskClasses:
    """``_classes.csv`` of Roboflow (a value and a class), ``class_dict.csv`` (a class and its colour)."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    values: dict[int, str] = {}
    colours: dict[int, str] = {}
    for line, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if header[1:4] == ["r", "g", "b"] and len(row) >= 4:
            colours[colour(tuple(row[1:4]), line, file)] = named(row[0], line, file)
        elif len(row) >= 2:
            values[number(row[0], line, file)] = named(row[1], line, file)
    return MaskClasses(values, colours, file)


def of_own_table(text: str, file: str) -> MaskClasses:
    """``classes.csv``, as exports have it: names stay as they are, whatever they mean elsewhere."""
    rows = csv.reader(io.StringIO(text, newline=""))
    if next(rows, None) != CLASSES_HEADER:
        return of_table(text, file)
    return MaskClasses({number(row[0], rows.line_num, file): row[1] for row in rows if len(row) == 2}, {}, file)


def of_label_map(text: str, file: str) -> MaskClasses:
    """``labelmap.txt`` of CVAT and Datumaro: ``name:red,green,blue:parts:actions`` in the order of the values."""
    values: dict[int, str] = {}
    colours: dict[int, str] = {}
    for line, content in lines_of(text):
        name, *rest = content.split(":")
        triple = tuple(rest[0].split(",")) if rest and rest[0].strip() else None
        values[len(values)] = named(name, line, file)
        if triple:
            colours[colour(triple, line, file)] = named(name, line, file)
    return MaskClasses(values, colours, file)


def of_colours(text: str, file: str) -> MaskClasses:
    """``label_colors.txt`` of CamVid: ``red green blue name`` in the order of the values."""
    values: dict[int, str] = {}
    colours: dict[int, str] = {}
    for line, content in lines_of(text):
        found = re.fullmatch(r"(\d+)\s+(\d+)\s+(\d+)\s+(.*)", content)
        if not found:
            raise UnreadableFile(gettext_noop("Red, green, blue and a name are needed on each line."), line, file=file)
        values[len(values)] = colours[colour(found.groups()[:3], line, file)] = named(found[4], line, file)
    return MaskClasses(values, colours, file)


def of_lines(text: str, file: str) -> MaskClasses:
    """A name on each line, the first for the value 0."""
    lines = text.splitlines()
    return MaskClasses({value: named(name, value + 1, file) for value, name in enumerate(lines)}, {}, file)


READERS: dict[str, Callable[[str, str], MaskClasses]] = {
    CLASSES: of_own_table, "_classes.csv": of_table, "class_dict.csv": of_table, "labelmap.txt": of_label_map,
    "label_colors.txt": of_colours, "classes.txt": of_lines, "labels.txt": of_lines,
}  # fmt: skip


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip() and not content.startswith("#"):
            yield line, content.strip()


def named(name: str, line: int, file: str) -> str:
    """Empty for what is no class."""
    try:
        strict_json.check(name)
    except ValueError as error:
        raise UnreadableFile(gettext_noop("This is no name of a class."), line, file=file) from error
    return "" if name.strip().lower() in NOTHING else name.strip()


def number(text: str, line: int, file: str) -> int:
    if not re.fullmatch(r"\s*\d{1,5}\s*", text):
        message = gettext_noop("“{text}” is no value of a pixel.")
        raise UnreadableFile(message, line, file=file, text=text[:40])
    return int(text)


def colour(triple: Sequence[str], line: int, file: str) -> int:
    parts = [number(each, line, file) for each in triple]
    if len(parts) != 3 or max(parts) > 255:
        raise UnreadableFile(gettext_noop("A colour is red, green and blue, 0 to 255 each."), line, file=file)
    return parts[0] << 16 | parts[1] << 8 | parts[2]
