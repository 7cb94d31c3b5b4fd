"""Problems in a file, each named by line and column with its fix."""

from dataclasses import dataclass, field
from typing import Any

SHOWN = 1000


def gettext_noop(text: str) -> str:
    """Mark a text for translation: formats know no Django, who shows the text translates it."""
    return text


@dataclass(frozen=True, slots=True)
class RowError:
    """``message`` is a template for ``str.format`` with ``values``, so that it can be translated first.

    ``file`` is the member of an archive; empty: the file itself.
    """

    line: int
    column: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str = ""


class Problem(Exception):
    """A cell that cannot be understood."""

    def __init__(self, column: str, message: str, **values: Any):
        super().__init__(message)
        self.column, self.message, self.values = column, message, values


class UnreadableFile(Problem):
    """The file as a whole cannot be read: nothing after this line is looked at."""

    def __init__(self, message: str, line: int = 1, column: str = "", file: str = "", **values: Any):
        super().__init__(column, message, **values)
        self.line, self.file = line, file


class Errors:
    """Keeps the first errors and counts all, so that a file full of mistakes stays a short report."""

    def __init__(self, shown: int = SHOWN):
        self.first: list[RowError] = []
        self.count = 0
        self._shown = shown

    def add(self, line: int, column: str, message: str, *, file: str = "", item: str = "", **values: Any) -> None:
        self.count += 1
        if len(self.first) < self._shown:
            self.first.append(RowError(line, ".".join(filter(None, (item, column))), message, values, file))

    def add_problem(self, line: int, problem: Problem, file: str = "", item: str = "") -> None:
        self.add(line, problem.column, problem.message, file=file, item=item, **problem.values)
