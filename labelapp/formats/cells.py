"""Values to cells of a CSV file and back, without loss."""

import json
import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from labelapp.formats.errors import Problem, gettext_noop
from labelapp.lib import strict_json
from labelapp.lib.text import shorten

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
APOSTROPHE = "'"
FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def guard(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run, and before one that begins with an apostrophe."""
    return APOSTROPHE + text if text.startswith((APOSTROPHE, *FORMULA_STARTS)) else text


def unguard(cell: str) -> str:
    """Undo ``guard``. A cell of another tool, as ``'s-Gravenhage``, is left as it is."""
    if cell.startswith(APOSTROPHE) and cell[1:].startswith((APOSTROPHE, *FORMULA_STARTS)):
        return cell[1:]
    return cell


def number(value: float | None) -> str:
    """The shortest text that reads back as the same float; whole numbers without a point."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def compact(value: Any) -> str:
    return ENCODER.encode(value)


def typed(value: Any) -> str:
    """A cell that ``read_typed`` gives back with its type."""
    text = plain(value)
    return guard(text) if isinstance(value, str) and text == value else text


def read_typed(cell: str) -> Any:
    return read_plain(unguard(cell))


def plain(value: Any) -> str:
    """A text that ``read_plain`` gives back with its type: text stays plain unless it would read as something else."""
    return value if isinstance(value, str) and value and not _is_json(value) else compact(value)


def read_plain(text: str) -> Any:
    try:
        return strict_json.loads(text)
    except ValueError:
        return text


def _is_json(text: str) -> bool:
    try:
        strict_json.loads(text)
    except ValueError:
        return False
    return True


def read_float(cell: str, column: str) -> float | None:
    if not cell.strip():
        return None
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Problem(column, gettext_noop("“{value}” is not a number. Write it as 12 or 12.5."), value=shorten(cell))
    return value


def read_integer(cell: str, column: str) -> int | None:
    value = read_float(cell, column)
    if value is not None and value != int(value):
        raise Problem(column, gettext_noop("“{value}” is not a whole number."), value=shorten(cell))
    return None if value is None else int(value)


def read_id(cell: str, column: str) -> int | None:
    """A whole number that a database can hold as an id."""
    value = read_integer(cell, column)
    if value is not None and not 0 < value < 2**53:
        raise Problem(column, gettext_noop("“{value}” is not an id."), value=shorten(cell))
    return value


def read_flag(cell: str, column: str) -> bool | None:
    text = cell.strip().lower()
    if not text:
        return None
    if text not in FLAGS:
        raise Problem(column, gettext_noop("“{value}” is neither true nor false."), value=shorten(cell))
    return FLAGS[text]


def read_time(cell: str, column: str) -> datetime | None:
    if not cell.strip():
        return None
    try:
        value = datetime.fromisoformat(cell.strip())
        value.astimezone(UTC)
    except (ValueError, OverflowError):
        message = gettext_noop("“{value}” is not a time. Write it as 2026-01-31T09:30:00Z.")
        raise Problem(column, message, value=shorten(cell)) from None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def read_object(cell: str, column: str) -> dict[str, Any]:
    try:
        value = strict_json.loads(unguard(cell)) if cell.strip() else {}
    except ValueError as error:
        message = gettext_noop("This is not JSON ({reason}). Quote the cell and double the quotes inside it.")
        raise Problem(column, message, reason=str(error)) from None
    if not isinstance(value, dict):
        raise Problem(column, gettext_noop('A JSON object is needed here, for example {{"box": [10, 20, 30, 40]}}.'))
    return value


def read_uuid(cell: str, column: str) -> str | None:
    if not cell.strip():
        return None
    try:
        return str(UUID(cell.strip()))
    except ValueError:
        message = gettext_noop("“{value}” is not a UUID. Leave it empty for a new annotation.")
        raise Problem(column, message, value=shorten(cell)) from None


def choice(cell: str, column: str, allowed: tuple[str, ...]) -> str:
    if cell and cell not in allowed:
        message = gettext_noop("“{value}” is none of: {allowed}.")
        raise Problem(column, message, value=shorten(cell), allowed=", ".join(filter(None, allowed)))
    return cell
