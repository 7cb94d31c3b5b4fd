"""Where each value of a JSON text stands, so that a message about a value can name its line."""

import json
import re

BLANK = re.compile(r"[ \t\r\n]*")
SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,\]}]+', re.DOTALL)
Path = tuple[str | int, ...]


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, on which every value begins, by its path from the root; for text that is valid JSON.

    >>> lines_of('[\\n {"a": 1}\\n]')
    {(): 1, (0,): 2, (0, 'a'): 2}
    """
    reader = _Reader(text)
    reader.value(())
    return reader.lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it: what is missing stands nowhere."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Reader:
    def __init__(self, text: str):
        self.lines: dict[Path, int] = {}
        self._text, self._position, self._line = text, 0, 1

    def value(self, path: Path) -> None:
        sign = self._next()
        self.lines[path] = self._line
        if sign == "[":
            for index in self._items("]"):
                self.value((*path, index))
        elif sign == "{":
            for _index in self._items("}"):
                self._next()
                name = json.loads(self._scalar())
                self._next()
                self._position += 1  # the colon
                self.value((*path, name))
        else:
            self._scalar()

    def _items(self, end: str):
        self._position += 1
        index = 0
        while self._next() != end:
            if self._text[self._position] == ",":
                self._position += 1
                continue
            yield index
            index += 1
        self._position += 1

    def _next(self) -> str:
        """Pass over blanks, and answer the sign that follows."""
        match = BLANK.match(self._text, self._position)
        assert match
        self._line += match[0].count("\n")
        self._position = match.end()
        return self._text[self._position]

    def _scalar(self) -> str:
        match = SCALAR.match(self._text, self._position)
        assert match
        self._position = match.end()
        return match[0]
