"""Reading a delimited text file: encoding, delimiter, header, lines."""

import csv
import difflib
import io
from collections.abc import Iterator
from typing import BinaryIO

from labelapp.formats.errors import Errors, UnreadableFile, gettext_noop

DELIMITERS = ",;\t"
# A mask or a long polygon is one cell; the csv module's own limit is 128 KiB.
csv.field_size_limit(256 * 2**20)


class Table:
    """A CSV file whose first line names its columns.

    Args:
        stream: an open binary file; it is read once, from its start, in blocks.

    Raises:
        UnreadableFile: not UTF-8, empty, or with a header that cannot be used.
    """

    def __init__(self, stream: BinaryIO):
        refuse_other_encodings(stream)
        # newline="": line ends inside quotes belong to the cell.
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        self._last_line = 0
        try:
            head = self._text.readline()
        except UnicodeDecodeError as error:
            raise self._not_utf8() from error
        self._text.seek(0)
        self.delimiter = max(DELIMITERS, key=head.count) if head.strip() else ","
        self._reader = csv.reader(self._text, delimiter=self.delimiter, strict=True)
        self.header = [name.strip() for name in next(self._lines(), (1, []))[1]]
        self._check_header()

    def rows(self, errors: Errors) -> Iterator[tuple[int, dict[str, str]]]:
        """The line on which each row begins and its cells by column; rows of a wrong length go to ``errors``."""
        for line, cells in self._lines():
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.header):
                message = gettext_noop(
                    "This row has {cells} cells, the header {columns}. Quote cells that hold the delimiter."
                )
                errors.add(line, "", message, cells=len(cells), columns=len(self.header))
            elif any("\0" in cell for cell in cells):
                column = next(name for name, cell in zip(self.header, cells, strict=True) if "\0" in cell)
                errors.add(line, column, gettext_noop("The cell holds a NUL character. Remove it."))
            else:
                yield line, dict(zip(self.header, cells, strict=True))

    def close(self) -> None:
        self._text.detach()

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                raise self._not_utf8(line) from error
            except csv.Error as error:
                message = gettext_noop("The quotes of this row are not closed or not doubled ({reason}).")
                raise UnreadableFile(message, line, reason=str(error)) from error
            yield line, cells

    def _not_utf8(self, line: int = 1) -> UnreadableFile:
        message = gettext_noop("Near this line is text that is not UTF-8. Save the file as “CSV UTF-8” and try again.")
        return UnreadableFile(message, line)

    def _check_header(self) -> None:
        if not any(self.header):
            raise UnreadableFile(
                gettext_noop("The file is empty: a first line with the names of the columns is needed.")
            )
        seen: set[str] = set()
        for name in self.header:
            if name in seen:
                raise UnreadableFile(gettext_noop("The column “{name}” is there twice."), column=name, name=name)
            seen.add(name)


def refuse_other_encodings(stream: BinaryIO) -> None:
    start = stream.read(4)
    stream.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(gettext_noop("The file is UTF-16. Save it as “CSV UTF-8” and try again."))
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableFile(gettext_noop("This is a ZIP or a spreadsheet, not a CSV file. Save it as “CSV UTF-8”."))


class Names:
    """Finds known columns in a header whatever their case, under the names that people give them."""

    def __init__(self, header: list[str], known: dict[str, tuple[str, ...]]):
        self.header = [name for name in header if name]
        lower = {name.lower(): name for name in header}
        self.found: dict[str, str] = {}
        for column, aliases in known.items():
            name = next((lower[alias] for alias in (column, *aliases) if alias in lower), None)
            if name is not None:
                self.found[column] = name
        used = set(self.found.values())
        self.unknown = [name for name in header if name and name not in used]

    def require(self, *columns: str) -> None:
        """
        Raises:
            UnreadableFile: one is missing; names the column of the file that may have been meant.
        """
        missing = [column for column in columns if column not in self.found]
        if not missing:
            return
        wanted = missing[0]
        near = difflib.get_close_matches(wanted, [name.lower() for name in self.unknown], 1, 0.5)
        meant = next((name for name in self.unknown if near and name.lower() == near[0]), None)
        if meant is None and len(self.unknown) == 1:
            meant = self.unknown[0]
        if meant:
            message = gettext_noop("There is no column “{wanted}”. If “{meant}” is it, rename it to “{wanted}”.")
            raise UnreadableFile(message, column=meant, wanted=wanted, meant=meant)
        message = gettext_noop("There is no column “{wanted}”. The file has: {columns}.")
        raise UnreadableFile(message, column=wanted, wanted=wanted, columns=", ".join(self.header[:20]))

    def __contains__(self, column: str) -> bool:
        return column in self.found

    def __getitem__(self, column: str) -> str:
        return self.found[column]
