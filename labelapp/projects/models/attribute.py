"""Typed attributes of a label class: what is defined, what a value may be."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from labelapp.lib.text import shorten

TYPES = ["select", "checkbox", "number", "text"]
MOST_ATTRIBUTES = 100
MOST_OPTIONS = 1000
LONGEST_NAME = 100
LONGEST_OPTION = 200
LONGEST_TEXT = 10_000
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


@dataclass(frozen=True, slots=True)
class Attribute:
    """
    Args:
        default: given to new annotations; None for none.
        required: an image is not labelled before every annotation of the class has a value.
        mutable: may change from frame to frame of a track; else one value per object.
        options: of a select.
        min, max, step: of a number; step counts from min, or from 0.
    """

    name: str
    type: str = "text"
    options: tuple[str, ...] = ()
    default: Any = None
    required: bool = False
    mutable: bool = False
    min: float | None = None
    max: float | None = None
    step: float | None = None

    @classmethod
    def stored(cls, given: dict[str, Any]) -> "Attribute":
        """From what ``as_json`` made; also from what older sites stored, field by field."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in given.items() if name in known}
        return cls(**values | {"options": tuple(values.get("options") or ())})

    def as_json(self) -> dict[str, Any]:
        """Only what differs from the defaults, besides name and type."""
        values: dict[str, Any] = {"name": self.name, "type": self.type}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in values and value != each.default:
                values[each.name] = list(value) if isinstance(value, tuple) else value
        return values

    def problem(self, value: Any) -> str:
        """Why this cannot be a value of the attribute, with the fix; an empty text when it can."""
        if self.type == "select":
            if not isinstance(value, str) or value not in self.options:
                known = shorten(", ".join(f"“{each}”" for each in self.options), 200)
                return _("“{value}” is none of the options: {known}.").format(value=shown(value), known=known)
        elif self.type == "checkbox":
            if not isinstance(value, bool):
                return _("“{value}” is neither true nor false.").format(value=shown(value))
        elif self.type == "number":
            return self._number_problem(value)
        elif not isinstance(value, str):
            return _("“{value}” is not a text.").format(value=shown(value))
        elif len(value) > LONGEST_TEXT:
            return _("A text has at most {count} characters.").format(count=LONGEST_TEXT)
        return ""

    def nearest(self, value: Any) -> Any:
        """What a file may have meant: ``5`` for the text "5", ``TRUE`` for true; anything else as it is."""
        if self.type in ("select", "text") and isinstance(value, (bool, int, float)):
            return str(value).lower() if isinstance(value, bool) else str(value)
        if self.type == "checkbox" and isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        if self.type == "number" and isinstance(value, str):
            return as_number(value)
        return value

    def is_empty(self, values: dict[str, Any]) -> bool:
        return self.name not in values or values[self.name] == ""

    def _number_problem(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return _("“{value}” is not a number.").format(value=shown(value))
        if self.min is not None and value < self.min:
            return _("{value} is below the least value, {limit}.").format(value=value, limit=plain(self.min))
        if self.max is not None and value > self.max:
            return _("{value} is above the greatest value, {limit}.").format(value=value, limit=plain(self.max))
        if self.step:
            steps = (value - (self.min or 0)) / self.step
            if abs(steps - round(steps)) > 1e-6:
                message = _("{value} is not on a step of {step} from {start}.")
                return message.format(value=value, step=plain(self.step), start=plain(self.min or 0))
        return ""


def attributes_of(label_class) -> list[Attribute]:
    return [Attribute.stored(each) for each in label_class.attributes]


def defaults_of(attributes: Iterable[Attribute], values: dict[str, Any] | None = None) -> dict[str, Any]:
    """The values with the defaults of what they do not name."""
    given = values or {}
    return {
        each.name: each.default for each in attributes if each.default is not None and each.name not in given
    } | given


def missing_in(attributes: Iterable[Attribute], values: dict[str, Any]) -> list[str]:
    """Names of the required attributes that have no value."""
    return [each.name for each in attributes if each.required and each.is_empty(values)]


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


def as_number(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value == int(value) else value


def plain(value: float) -> str:
    return f"{value:g}"


def shown(value: Any) -> str:
    return shorten(value if isinstance(value, str) else repr(value), 80)
