"""XML whose elements know their line. Document types are refused, and with them entities that grow without end."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from labelapp.formats.errors import UnreadableFile, gettext_noop

MOST_ELEMENTS = 1_000_000
DEEPEST = 64


class Element:
    __slots__ = ("children", "line", "name", "pieces")

    def __init__(self, name: str, line: int):
        self.name, self.line = name, line
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def find(self, path: str) -> "Element | None":
        """The first element at a path as ``bndbox/xmin``."""
        found: Element | None = self
        for name in path.split("/"):
            found = next(found.all(name), None) if found else None
        return found

    def all(self, name: str) -> "Iterator[Element]":
        return (each for each in self.children if each.name == name)

    def text_of(self, path: str) -> str:
        found = self.find(path)
        return found.text if found else ""

    def value(self, path: str) -> str:
        return self.text_of(path).strip()


def parse(content: bytes, file: str) -> Element:
    """The root.

    Raises:
        UnreadableFile: no XML, or too much of it; names ``file`` and the line.
    """
    root = Element("", 1)
    open_now = [root]
    count = 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(message: str, **values: Any) -> None:
        raise UnreadableFile(message, parser.CurrentLineNumber, file=file, **values)

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(open_now) > DEEPEST:
            refuse(gettext_noop("The file has too many elements, or too many in each other, for labels of one image."))
        element = Element(name, parser.CurrentLineNumber)
        open_now[-1].children.append(element)
        open_now.append(element)

    def doctype(*_: object) -> None:
        refuse(gettext_noop("The file declares a document type (DOCTYPE). Remove that line: labels need none."))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_now.pop()
    parser.CharacterDataHandler = lambda data: open_now[-1].pieces.append(data)
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        message = gettext_noop("This is no XML ({reason}). Correct the file or take it out.")
        raise UnreadableFile(message, error.lineno, file=file, reason=expat.ErrorString(error.code)) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise UnreadableFile(
            gettext_noop("This is no XML ({reason}). Correct the file or take it out."), file=file, reason=str(error)
        ) from error
    return root.children[0]
