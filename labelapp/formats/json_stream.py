"""A large JSON object, read member by member: memory stays that of the longest one."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from labelapp.formats.errors import UnreadableFile, gettext_noop

BLOCK = 1 << 20
LONGEST = 256 * 2**20  # one member, in characters
CUT = 16  # this near to the end of what was read, a number or a word may go on
BLANK = re.compile(r"[ \t\r\n]*")
CUT_OFF = gettext_noop("The file ends here, before its JSON does: it is cut off. Save or fetch it again.")
NO_JSON = re.compile(r"NaN|-?Infinity")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the object, or one of the values of a list in it; ``line`` is where it begins."""

    key: str
    index: int | None
    value: Any
    line: int

    @property
    def path(self) -> str:
        return self.key if self.index is None else f"{self.key}[{self.index}]"


class JsonObject:
    """
    Args:
        stream: an open binary file; it is read once, from its start, in blocks, and left open.
    """

    def __init__(self, stream: BinaryIO):
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig")
        self._decoder = json.JSONDecoder(parse_constant=refuse_constant)
        self._buffer, self._at, self._line = "", 0, 1

    def items(self) -> Iterator[Item]:
        """The object's values in the order of the file; of a list with values, these.

        Raises:
            UnreadableFile: it is no JSON; names the line.
        """
        try:
            self._expect("{")
            while self._peek() != "}":
                key = self._value()
                if not isinstance(key, str):
                    self._fail(gettext_noop("A name in quotes is needed here."))
                self._expect(":")
                yield from self._list(key) if self._peek() == "[" else [self._item(key, None)]
                if self._peek() != "}":
                    self._expect(",")
            self._expect("}")
            if self._peek():
                self._fail(gettext_noop("There is more behind the end of the JSON object. Remove it."))
        finally:
            self._text.detach()

    def _list(self, key: str) -> Iterator[Item]:
        line = self._line
        self._expect("[")
        if self._peek() == "]":
            yield Item(key, None, [], line)
        index = 0
        while self._peek() != "]":
            yield self._item(key, index)
            index += 1
            if self._peek() != "]":
                self._expect(",")
        self._expect("]")

    def _item(self, key: str, index: int | None) -> Item:
        self._peek()
        line = self._line
        return Item(key, index, self._value(), line)

    def _value(self) -> Any:
        if not self._peek():
            self._fail(CUT_OFF)
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                going_on = error.msg.startswith("Unterminated string") or error.pos > len(self._buffer) - CUT
                if going_on and self._read():
                    continue
                self._advance(error.pos)
                self._fail(gettext_noop("This is no JSON ({reason})."), reason=error.msg)
            except RecursionError:
                self._fail(gettext_noop("The objects and lists here are nested too deep."))
            except NoJson as error:
                found = NO_JSON.search(self._buffer, self._at)
                self._advance(found.start() if found else self._at)
                message = gettext_noop("{name} is no number in JSON. Write the number, or null where there is none.")
                self._fail(message, name=str(error))
            except ValueError as error:  # a number with thousands of digits
                self._fail(gettext_noop("This is no JSON ({reason})."), reason=str(error))
            if end > len(self._buffer) - CUT and self._read():
                continue
            self._advance(end)
            return value

    def _peek(self) -> str:
        """Pass over blanks, and answer the character that follows; an empty text at the end."""
        while True:
            match = BLANK.match(self._buffer, self._at)
            assert match
            self._advance(match.end())
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._read():
                return ""

    def _expect(self, sign: str) -> None:
        found = self._peek()
        if found != sign:
            if not found:
                self._fail(CUT_OFF)
            self._fail(gettext_noop("“{sign}” is needed here, but there is “{found}”."), sign=sign, found=found)
        self._advance(self._at + 1)

    def _advance(self, position: int) -> None:
        self._line += self._buffer.count("\n", self._at, position)
        self._at = position

    def _read(self) -> bool:
        """Read on, more at a time the longer a value is, so that it is not begun again too often."""
        left = len(self._buffer) - self._at
        if left > LONGEST:
            message = gettext_noop("What begins here is longer than {most} million characters.")
            self._fail(message, most=LONGEST // 10**6)
        try:
            block = self._text.read(max(BLOCK, left))
        except UnicodeDecodeError:
            self._fail(
                gettext_noop("Behind this line is text that is not UTF-8. Save the file as UTF-8 and try again.")
            )
        if block:
            self._buffer, self._at = self._buffer[self._at :] + block, 0
        return bool(block)

    def _fail(self, message: str, **values: Any) -> NoReturn:
        raise UnreadableFile(message, self._line, **values)


class NoJson(ValueError):
    pass


def refuse_constant(name: str) -> NoReturn:
    raise NoJson(name)
