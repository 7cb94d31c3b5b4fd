"""data.yaml and images.csv of a YOLO data set, and where its labels stand."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from labelapp.formats.errors import UnreadableFile, gettext_noop
from labelapp.formats.packed import Member
from labelapp.formats.records import ImageRecord
from labelapp.formats.yolo_skeleton import read_skeletons, skeleton_lines
from labelapp.formats.yolo_text import quoted
from labelapp.lib import strict_json

DATA = "data.yaml"
# Which image each file of labels belongs to, as names may have to be changed in a ZIP.
IMAGES = "images.csv"
IMAGES_HEADER = ["file", "filename", "sha256", "split"]
LARGEST = 1 << 20
TASKS = ("detect", "segment", "obb", "pose")


@dataclass(frozen=True, slots=True)
class Data:
    """``points``: how many keypoints a line has; ``dimensions`` 3 where each has a visibility.

    ``skeletons``: unchecked, by the numbers of their classes.
    """

    classes: dict[int, str]
    task: str = ""
    points: int = 0
    dimensions: int = 3
    skeletons: dict[int, Any] = field(default_factory=dict)


def label_path(image: str) -> str:
    """
    >>> label_path("images/train/street/1.jpg")
    'labels/train/street/1.txt'
    """
    return str(PurePosixPath("labels") / PurePosixPath(image).relative_to("images").with_suffix(".txt"))


def data_yaml(classes: Sequence[str], splits: set[str], task: str, points: int, skeletons: dict[str, Any]) -> str:
    lines = [f"task: {task}", "train: images/train"]
    # Ultralytics insists on both.
    lines.append("val: images/val" if "val" in splits else "val: images/train  # no image is in the split validation")
    if "test" in splits:
        lines.append("test: images/test")
    if points:
        lines += [f"kpt_shape: [{points}, 3]", *skeleton_lines(classes, points, skeletons)]
    lines.append("names:" if classes else "names: {}")
    lines += [f"  {number}: {quoted(name)}" for number, name in enumerate(classes)]
    return "\n".join(lines) + "\n"


def read_data(member: Member) -> Data | None:
    """
    Raises:
        UnreadableFile: no YAML, or names that cannot be used; None where it names no classes.
    """
    try:
        value = yaml.safe_load(member.content[:LARGEST].decode("utf-8-sig"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", "") or "unknown")
        line = mark.line + 1 if mark else 1
        raise UnreadableFile(
            gettext_noop("This is no YAML ({reason})."), line, file=member.name, reason=reason
        ) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        message = gettext_noop("This is no YAML ({reason}).")
        raise UnreadableFile(message, file=member.name, reason=type(error).__name__) from error
    if not isinstance(value, dict) or "names" not in value:
        return None
    names = value["names"]
    pairs = dict(enumerate(names)) if isinstance(names, list) else names
    if not isinstance(pairs, dict) or not all(fits(*each) for each in pairs.items()):
        message = gettext_noop("“names” must list the names of the classes; put names as no, on and 1.0 in quotes.")
        raise UnreadableFile(message, file=member.name, column="names")
    points, dimensions = shape_of_points(value.get("kpt_shape"), member.name)
    task = value.get("task")
    classes = {number: str(name) for number, name in pairs.items()}
    return Data(classes, task if task in TASKS else "", points, dimensions, read_skeletons(value))


def fits(number: Any, name: Any) -> bool:
    if type(number) is not int or type(name) not in (str, int):
        return False
    try:
        strict_json.check(str(name))
    except ValueError:
        return False
    return bool(str(name).strip())


def shape_of_points(value: Any, file: str) -> tuple[int, int]:
    if value is None:
        return 0, 3
    if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value) and value[1] in (2, 3):
        return value[0], value[1]
    message = gettext_noop("“kpt_shape” must be [number of keypoints, 2 or 3].")
    raise UnreadableFile(message, file=file, column="kpt_shape")


def read_names(member: Member) -> Data:
    """classes.txt and obj.names: a name a line."""
    lines = member.content.replace(b"\0", b"").decode("utf-8-sig", errors="replace").splitlines()
    return Data({number: line.strip() for number, line in enumerate(lines) if line.strip()})


def read_images(
    member: Member, path_of: Callable[[str], str] = label_path, folder: str = "images"
) -> dict[str, ImageRecord]:
    """What images.csv says, by the path of the labels; a file of that name with other columns says nothing.

    Args:
        path_of: the path of the labels, given that of an image in the folder.

    Raises:
        UnreadableFile: no CSV.
    """
    text = member.content.replace(b"\0", b"").decode(errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = {}
    try:
        if next(rows, None) != IMAGES_HEADER:
            return {}
        for row in rows:
            if len(row) == len(IMAGES_HEADER) and PurePosixPath(row[0]).parts[:-1][:1] == (folder,):
                file, name, sha256, split = row
                kept = split if split in ("", "train", "validation", "test") else None
                found[path_of(file)] = ImageRecord(name=name, sha256=sha256.lower(), split=kept)
    except csv.Error as error:
        message = gettext_noop("This is no CSV ({reason}).")
        raise UnreadableFile(message, rows.line_num, file=member.name, reason=str(error)) from error
    return found
