"""JSON that every part of the site can keep: SQLite, PostgreSQL, files in UTF-8 and the browser."""

import json
import math
from typing import Any, NoReturn

DEEPEST = 32


def loads(text: str) -> Any:
    """The value that a JSON text stands for.

    Raises:
        ValueError: it is no JSON, or holds what cannot be kept everywhere: NaN, an infinite number, a whole number of
            more than 64 bits, half a character (a lone surrogate), a NUL, or more than 32 objects and lists in each
            other.
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError(f"nested more than {DEEPEST} deep") from None
    check(value)
    return value


def check(value: Any) -> None:
    """Raises ValueError for a value that ``loads`` would not have answered."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        below: list[Any] = []
        for each in level:
            if isinstance(each, str):
                _check_text(each)
            elif isinstance(each, dict):
                below.extend(each)
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
            elif (isinstance(each, float) and not math.isfinite(each)) or (isinstance(each, int) and not fits(each)):
                raise ValueError("a number is too large")
        if not below:
            return
        level = below
    raise ValueError(f"nested more than {DEEPEST} deep")


def fits(number: int) -> bool:
    """Whether a column of 64 bits holds it."""
    return -(2**63) <= number < 2**63


def _check_text(text: str) -> None:
    if "\0" in text:
        raise ValueError("a text holds a NUL character")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a text holds half a character (a lone surrogate)")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
