from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

from labelapp.formats.errors import Errors
from labelapp.formats.packed import LIMITS, Limits
from labelapp.formats.records import Known, LabelledImage, Row


class Format(ABC):
    """How labels are written to a file and read from one."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    suffix: ClassVar[str]
    media_type: ClassVar[str]
    # For the estimate of an export: the shapes that are written, and bytes of a row as measured files have them.
    shapes: ClassVar[tuple[str, ...]]
    row_bytes: ClassVar[int]
    # Whether an image without annotations has a row.
    empty_images: ClassVar[bool] = False
    # Whether ``write`` makes a ZIP, to which an export with images adds them.
    packed: ClassVar[bool] = False
    reads: ClassVar[bool] = True
    writes: ClassVar[bool] = True
    # Whether importing what was exported restores all labels of its images.
    complete: ClassVar[bool] = False
    # What an export may be asked besides filters: names that the API and the page know.
    options: ClassVar[tuple[str, ...]] = ("with_images",)

    def image_path(self, name: str, split: str) -> str:
        """Where an image stands in the ZIP of an export."""
        return f"images/{name}"

    @abstractmethod
    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        """Write all images as they come and return the number of rows.

        Args:
            stream: an open binary file.
            images: read once; memory stays constant however many there are.
            known: what is known of the project beforehand.
        """

    @abstractmethod
    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        """Yield the rows that can be understood; the others go to ``errors``.

        Args:
            stream: an open binary file, at its start.
            limits: of what an archive may hold.

        Raises:
            UnreadableFile: the file as a whole is of no use.
        """


class TableFormat(Format):
    """A CSV file: which of them it is, its columns tell."""

    suffix = ".csv"
    media_type = "text/csv; charset=utf-8"

    @abstractmethod
    def matches(self, header: list[str]) -> bool:
        """Whether a file whose first line has these columns is of this format."""
