"""Label classes as JSON text, to be copied between projects; every problem names its line."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.lib import strict_json
from labelapp.lib.json_places import Path, line_of, lines_of
from labelapp.lib.text import shorten
from labelapp.projects.models import LabelClass, Project
from labelapp.projects.models.attribute import Attribute
from labelapp.projects.models.attribute_definitions import Misfit, read_attributes, read_name
from labelapp.projects.models.label_class import SHAPES
from labelapp.projects.models.skeleton import read_skeleton

FIELDS = ["name", "color", "key", "shapes", "attributes", "skeleton"]
MOST_CLASSES = 2000
PROBLEMS_SHOWN = 50
LONGEST_NAME = 200
LONGEST_TEXT = 5_000_000


class Lines:
    """A JSON text that was read, and words for places in it."""

    def __init__(self, text: str):
        try:
            self.value = strict_json.loads(text)
        except ValueError as error:
            line = getattr(error, "lineno", None)
            reason = getattr(error, "msg", str(error))
            message = _("Line {line}: this is not JSON: {reason}.") if line else _("This is not JSON: {reason}.")
            raise ValidationError({"text": [message.format(line=line, reason=reason)]}) from None
        self._lines = lines_of(text)

    def say(self, path: Path, message: str) -> str:
        line = line_of(self._lines, path)
        place = ".".join(map(str, path))
        if not place:
            return _("Line {line}: {message}").format(line=line, message=message)
        return _("Line {line}, {place}: {message}").format(line=line, place=shorten(place, 100), message=message)


def attributes_in(text: str) -> Any:
    """The JSON of a class's attributes, checked by line; for ``AttributeEdit`` to read."""
    lines = Lines(text)
    try:
        read_attributes(lines.value)
    except Misfit as misfit:
        raise ValidationError({"text": [lines.say(misfit.path, misfit.message)]}) from None
    return lines.value


def classes_in(text: str) -> list[dict[str, Any]]:
    """What a text says about classes: each with its name and the fields that it names.

    Raises:
        ValidationError: one sentence per problem under ``text``.
    """
    lines = Lines(text)
    if not isinstance(lines.value, list):
        raise ValidationError({"text": [lines.say((), _("A list of classes is needed here: [ … ]"))]})
    if len(lines.value) > MOST_CLASSES:
        raise ValidationError({"text": [_("At most {count} classes are taken at once.").format(count=MOST_CLASSES)]})
    problems: list[str] = []
    classes: list[dict[str, Any]] = []
    names: dict[str, int] = {}
    for index, sent in enumerate(lines.value):
        try:
            fields = read_class(sent, index)
        except Misfit as misfit:
            problems.append(lines.say(misfit.path, misfit.message))
            continue
        if fields["name"] in names:
            message = _("The class “{name}” is there twice.").format(name=fields["name"])
            problems.append(lines.say((index,), message))
        names[fields["name"]] = index
        classes.append(fields)
    if problems:
        raise ValidationError({"text": problems[:PROBLEMS_SHOWN]})
    return classes


def read_class(sent: Any, index: int) -> dict[str, Any]:
    given = {"name": sent} if isinstance(sent, str) else sent
    if not isinstance(given, dict):
        raise Misfit((index,), _("A class is an object with a name, or only its name."))
    for field in given:
        if field not in FIELDS:
            message = _("A class has no “{field}”. It may have: {names}.")
            raise Misfit((index, field), message.format(field=shorten(field), names=", ".join(FIELDS)))
    fields: dict[str, Any] = {"name": read_name(given.get("name"), (index, "name"), LONGEST_NAME)}
    if given.get("color"):
        fields["color"] = read_pattern(given["color"], r"#[0-9a-fA-F]{6}", (index, "color"), "#rrggbb").lower()
    if given.get("key"):
        fields["key"] = read_pattern(given["key"], r"[0-9a-z]", (index, "key"), "0-9, a-z")
    if "shapes" in given:
        fields["shapes"] = read_shapes(given["shapes"], index)
    if "attributes" in given:
        try:
            fields["attributes"] = [each.as_json() for each in read_attributes(given["attributes"])]
        except Misfit as misfit:
            raise Misfit((index, "attributes", *misfit.path), misfit.message) from None
    if "skeleton" in given:
        try:
            fields["skeleton"] = read_skeleton(given["skeleton"])
        except Misfit as misfit:
            raise Misfit((index, "skeleton", *misfit.path), misfit.message) from None
    return fields


def read_pattern(sent: Any, pattern: str, path: Path, wanted: str) -> str:
    if not isinstance(sent, str) or not re.fullmatch(pattern, sent):
        raise Misfit(path, _("Write it as {wanted}.").format(wanted=wanted))
    return sent


def read_shapes(sent: Any, index: int) -> list[str]:
    if not isinstance(sent, list):
        raise Misfit((index, "shapes"), _("A list of shapes is needed here."))
    for number, each in enumerate(sent):
        if each not in SHAPES:
            message = _("The shape must be one of: {names}.").format(names=", ".join(SHAPES))
            raise Misfit((index, "shapes", number), message)
    return list(dict.fromkeys(sent))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What pasting would do."""

    added: list[dict[str, Any]]
    same: list[str]
    conflicts: list[tuple[LabelClass, dict[str, Any]]]  # with the fields that differ, as the text has them


def compare(project: Project, classes: list[dict[str, Any]]) -> Comparison:
    known = {each.name: each for each in project.classes.all()}
    found = Comparison([], [], [])
    for fields in classes:
        mine = known.get(fields["name"])
        if mine is None:
            found.added.append(fields)
            continue
        differing = {name: value for name, value in fields.items() if differs(name, getattr(mine, name), value)}
        if differing:
            found.conflicts.append((mine, differing))
        else:
            found.same.append(mine.name)
    return found


def differs(field: str, mine: Any, theirs: Any) -> bool:
    if field == "attributes":
        mine = [Attribute.stored(each).as_json() for each in mine]
    if field == "shapes":
        return set(mine) != set(theirs)
    return bool(mine != theirs)
