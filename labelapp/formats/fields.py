"""The fields of a JSON object from a file, each read as what it should be. What is not there says nothing."""

from datetime import datetime
from typing import Any

from labelapp.formats import cells
from labelapp.formats.errors import Problem, gettext_noop
from labelapp.lib import strict_json
from labelapp.lib.text import shorten


class Fields:
    """
    Raises:
        Problem: here and in every method, with the path of the field.
    """

    def __init__(self, value: Any, path: str = ""):
        if not isinstance(value, dict):
            raise Problem(path.rstrip("."), gettext_noop("An object in braces is needed here."))
        self._value, self._path = value, path

    def __bool__(self) -> bool:
        return bool(self._value)

    def get(self, name: str) -> Any:
        return self._value.get(name)

    def inner(self, name: str) -> "Fields":
        value = self.get(name)
        return Fields({} if value is None else value, f"{self._path}{name}.")

    def list(self, name: str) -> list[Any]:
        value = self.get(name)
        if value is not None and not isinstance(value, list):
            raise self._problem(name, gettext_noop("A list is needed here."))
        return value or []

    def identity(self, name: str) -> int | str:
        """What other parts of the file refer to."""
        value = self.get(name)
        if value is None:
            raise self._problem(name, gettext_noop("This field is missing."))
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise self._problem(name, gettext_noop("An id is a whole number or a text."))
        return value

    def text(self, name: str, required: bool = False) -> str:
        value = self.get(name)
        if value is not None and not isinstance(value, str):
            raise self._problem(name, gettext_noop("A text in quotes is needed here."))
        if required and not (value or "").strip():
            raise self._problem(name, gettext_noop("This field is missing."))
        self._check(name, value)
        return value or ""

    def optional_text(self, name: str, longest: int) -> str | None:
        text = self.text(name)
        if len(text) > longest:
            message = gettext_noop("This text has {count} characters; at most {longest} are taken.")
            raise self._problem(name, message, count=len(text), longest=longest)
        return None if self.get(name) is None else text

    def choice(self, name: str, allowed: tuple[str, ...]) -> str | None:
        return None if self.get(name) is None else cells.choice(self.text(name), f"{self._path}{name}", allowed)

    def number(self, name: str) -> float | None:
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._problem(name, gettext_noop("A number is needed here."))
        return cells.read_float(str(value), f"{self._path}{name}")

    def whole(self, name: str) -> int | None:
        value = self.number(name)
        return None if value is None else cells.read_integer(str(value), f"{self._path}{name}")

    def flag(self, name: str) -> bool | None:
        value = self.get(name)
        if value is not None and not isinstance(value, bool):
            raise self._problem(name, gettext_noop("True or false is needed here."))
        return value

    def row_id(self, name: str) -> int | None:
        """An id of the site's database."""
        value = self.number(name)
        return None if value is None else cells.read_id(str(value), f"{self._path}{name}")

    def uuid(self, name: str) -> str | None:
        return cells.read_uuid(self.text(name), f"{self._path}{name}")

    def time(self, name: str) -> datetime | None:
        return cells.read_time(self.text(name), f"{self._path}{name}")

    def values(self, name: str) -> dict[str, Any]:
        """An object of any values that the site can keep."""
        value = self.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._problem(name, gettext_noop("An object in braces is needed here."))
        self._check(name, value)
        return dict(value)

    def _check(self, name: str, value: Any) -> None:
        try:
            strict_json.check(value)
        except ValueError as error:
            raise self._problem(name, gettext_noop("This cannot be kept: {reason}."), reason=str(error)) from None

    def _problem(self, name: str, message: str, **values: Any) -> Problem:
        return Problem(f"{self._path}{name}", message, **{key: shorten(str(each)) for key, each in values.items()})
