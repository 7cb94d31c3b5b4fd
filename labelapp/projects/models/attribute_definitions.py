"""Definitions of attributes as a person sent them."""

import math
from typing import Any

from django.utils.translation import gettext as _

from labelapp.lib.text import shorten
from labelapp.projects.models.attribute import TYPES, Attribute

MOST_ATTRIBUTES = 100
MOST_OPTIONS = 1000
LONGEST_NAME = 100
LONGEST_OPTION = 200
# Of which type each field is, besides those that every attribute has.
OWN_FIELDS = {"select": {"options"}, "number": {"min", "max", "step"}, "checkbox": set(), "text": set()}
COMMON_FIELDS = {"name", "type", "default", "required", "mutable"}
# What an edit says about the definition before it; never stored.
EDIT_FIELDS = {"was", "renamed"}


class Misfit(Exception):
    """A definition that cannot be. ``path`` leads to the place, for example ``(1, "options", 0)``."""

    def __init__(self, path: tuple[str | int, ...], message: str):
        super().__init__(message)
        self.path, self.message = path, message

    @property
    def nested(self) -> Any:
        """As the fields of an API error: an object in an object for each step of the path."""
        problem: Any = [self.message]
        for step in reversed(self.path):
            problem = {str(step): problem}
        return problem


def read_attributes(sent: Any) -> list[Attribute]:
    """Definitions as a person sent them.

    Raises:
        Misfit: names the place.
    """
    if not isinstance(sent, list):
        raise Misfit((), _("A list of attributes is needed here."))
    if len(sent) > MOST_ATTRIBUTES:
        raise Misfit((), _("A class has at most {count} attributes.").format(count=MOST_ATTRIBUTES))
    found: dict[str, Attribute] = {}
    for index, each in enumerate(sent):
        attribute = read_attribute(each, index)
        if attribute.name.lstrip("-").isdecimal():  # JSON paths would take it for the place in a list
            raise Misfit((index, "name"), _("The name of an attribute is not a number alone."))
        if attribute.name in found:
            raise Misfit((index, "name"), _("An attribute is named twice: “{name}”.").format(name=attribute.name))
        found[attribute.name] = attribute
    return list(found.values())


def read_attribute(sent: Any, index: int) -> Attribute:
    if not isinstance(sent, dict):
        raise Misfit((index,), _("An attribute is an object with a name and a type."))
    name = read_name(sent.get("name"), (index, "name"), LONGEST_NAME)
    kind = sent.get("type", "text")
    if kind not in TYPES:
        raise Misfit((index, "type"), _("The type must be one of: {names}.").format(names=", ".join(TYPES)))
    allowed = COMMON_FIELDS | EDIT_FIELDS | OWN_FIELDS[kind]
    for field in sent:
        if field not in allowed:
            message = _("An attribute of type {type} has no “{field}”. It may have: {names}.")
            names = ", ".join(sorted(allowed - EDIT_FIELDS))
            raise Misfit((index, field), message.format(type=kind, field=shorten(str(field)), names=names))
    attribute = Attribute(
        name,
        kind,
        options=read_options(sent.get("options"), index) if kind == "select" else (),
        required=read_flag(sent, "required", index),
        mutable=read_flag(sent, "mutable", index),
        **{field: read_limit(sent.get(field), (index, field)) for field in sorted(OWN_FIELDS["number"] & sent.keys())},
    )
    check_range(attribute, index)
    default = sent.get("default")
    if default is None or default == "":
        return attribute
    if problem := attribute.problem(default):
        raise Misfit((index, "default"), problem)
    return Attribute.stored(attribute.as_json() | {"default": default})


def read_name(sent: Any, path: tuple[str | int, ...], longest: int) -> str:
    name = sent.strip() if isinstance(sent, str) else ""
    if not name:
        raise Misfit(path, _("A name is needed here."))
    if len(name) > longest:
        raise Misfit(path, _("This has at most {count} characters.").format(count=longest))
    if not name.isprintable():
        raise Misfit(path, _("A name has no line ends or other control characters."))
    return name


def read_options(sent: Any, index: int) -> tuple[str, ...]:
    if not isinstance(sent, list) or not sent:
        raise Misfit((index, "options"), _("A select needs at least one option."))
    if len(sent) > MOST_OPTIONS:
        raise Misfit((index, "options"), _("A select has at most {count} options.").format(count=MOST_OPTIONS))
    options: dict[str, None] = {}
    for number, each in enumerate(sent):
        option = read_name(each, (index, "options", number), LONGEST_OPTION)
        if option in options:
            raise Misfit((index, "options", number), _("The option “{name}” is there twice.").format(name=option))
        options[option] = None
    return tuple(options)


def read_flag(sent: dict, field: str, index: int) -> bool:
    value = sent.get(field, False)
    if not isinstance(value, bool):
        raise Misfit((index, field), _("This must be true or false."))
    return value


def read_limit(sent: Any, path: tuple[str | int, ...]) -> float | None:
    if sent is None:
        return None
    if isinstance(sent, bool) or not isinstance(sent, (int, float)) or not math.isfinite(sent) or abs(sent) > 1e15:
        raise Misfit(path, _("A number is needed here."))
    return sent


def check_range(attribute: Attribute, index: int) -> None:
    if attribute.min is not None and attribute.max is not None and attribute.min > attribute.max:
        raise Misfit((index, "max"), _("The greatest value is below the least one."))
    if attribute.step is not None and attribute.step <= 0:
        raise Misfit((index, "step"), _("A step is greater than 0."))
