"""Typed attributes of a label class: what is defined, what a value may be."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from labelapp.lib.text import shorten

TYPES = ["select", "checkbox", "number", "text"]
LONGEST_TEXT = 10_000
EXACT = 2**53  # up to here a float tells whole numbers apart


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


def as_number(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() and abs(value) <= EXACT else value


def plain(value: float) -> str:
    return f"{value:g}"


def shown(value: Any) -> str:
    return shorten(value if isinstance(value, str) else repr(value), 80)
