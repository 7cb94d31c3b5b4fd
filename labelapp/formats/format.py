from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, ClassVar

from labelapp.formats.errors import Errors
from labelapp.formats.records import LabelledImage, Row


class Format(ABC):
    """How labels are written to a file and read from one."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    suffix: ClassVar[str]
    reads: ClassVar[bool] = True
    writes: ClassVar[bool] = True
    # Whether importing what was exported restores all labels of its images.
    complete: ClassVar[bool] = False
    # What an export may be asked besides filters: names that the API and the page know.
    options: ClassVar[tuple[str, ...]] = ("with_images",)

    @abstractmethod
    def matches(self, header: list[str]) -> bool:
        """Whether a file whose first line has these columns is of this format."""

    @abstractmethod
    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], attributes: Sequence[str]) -> int:
        """Write all images as they come and return the number of rows.

        Args:
            stream: an open binary file.
            images: read once; memory stays constant however many there are.
            attributes: names of the attributes that get a column of their own.
        """

    @abstractmethod
    def read(self, stream: BinaryIO, errors: Errors) -> Iterator[Row]:
        """Yield the rows that can be understood; the others go to ``errors``.

        Raises:
            UnreadableFile: the file as a whole is of no use.
        """
