"""Many small files of labels in a ZIP or tar: read one after the other, each and all within limits."""

import builtins
import gzip
import io
import itertools
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from labelapp.formats.errors import UnreadableFile, gettext_noop
from labelapp.formats.mask_picture import MaskPicture
from labelapp.lib.zip_names import name_of

GZIP, ZIP, TAR = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06"), b"ustar"
TAR_MAGIC_AT = 257
LONGEST_NAME = 1 << 16
NAMED_IN_HEADERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, OSError, EOFError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """Of an archive: how many files it may hold, bytes of each that is read, and bytes unpacked altogether.

    ``picture`` reads a picture whose pixels are labels; it is given, since files of others are read behind a wall.
    """

    files: int = 200_000
    file_bytes: int = 32 * 2**20
    bytes: int = 8 * 2**30
    picture: Callable[[builtins.bytes], MaskPicture] | None = None


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    content: bytes


def is_packed(start: bytes) -> bool:
    """Whether a file that begins like this is a ZIP, a tar or a compressed tar."""
    return start.startswith((GZIP, *ZIP)) or start[TAR_MAGIC_AT:].startswith(TAR)


class Packed:
    """
    Args:
        stream: an open binary file that can be read again from its start; it stays open.
    """

    def __init__(self, stream: BinaryIO, limits: Limits):
        self._stream, self._limits = stream, limits
        stream.seek(0)
        self._start = stream.read(TAR_MAGIC_AT + len(TAR))

    def names(self) -> list[str]:
        return [name for name, _read in self._all()]

    def members(self, wanted: Callable[[PurePosixPath], bool]) -> Iterator[Member]:
        """The files of which ``wanted`` says yes by their path, in the order of the archive.

        Raises:
            UnreadableFile: it is damaged, or more than the limits.
        """
        unpacked = 0
        for name, read in self._all():
            if not wanted(PurePosixPath(name)):
                continue
            with damage_told(name):
                content = read(self._limits.file_bytes + 1)
            unpacked += len(content)
            if len(content) > self._limits.file_bytes:
                raise too_large(self._limits, name)
            if unpacked > self._limits.bytes:
                raise self._too_much()
            yield Member(name, content)

    def _all(self) -> Iterator[tuple[str, Read]]:
        """Names and how to read them; what systems leave in archives is passed over."""
        self._stream.seek(0)
        found = self._zip() if self._start.startswith(ZIP) else self._tar()
        for count in itertools.count(1):
            with damage_told():
                name, read = next(found, ("", None))
            if read is None:
                return
            if count > self._limits.files:
                message = gettext_noop("The archive holds more than {most} files. Make several of it.")
                raise UnreadableFile(message, most=self._limits.files)
            path = PurePosixPath(name)
            if "__MACOSX" not in path.parts and not path.name.startswith("._"):
                yield name, read

    def _zip(self) -> Iterator[tuple[str, Read]]:
        with zipfile.ZipFile(self._stream) as archive:
            for info in archive.infolist():
                if info.filename and not info.is_dir():
                    yield tidy(name_of(info)), partial(read_start, partial(archive.open, info))

    def _tar(self) -> Iterator[tuple[str, Read]]:
        plain: Any = gzip.GzipFile(fileobj=self._stream) if self._start.startswith(GZIP) else self._stream
        counted: Any = Counted(plain, self._limits.bytes, self._too_much)
        options: Any = {"tarinfo": ShortHeaders, "encoding": "utf-8", "errors": "replace"}
        with tarfile.open(fileobj=counted, mode="r|", **options) as archive:
            for info in archive:
                archive.members = []  # type: ignore[attr-defined]  # tarfile would keep them all
                if info.isfile():
                    yield tidy(info.name), partial(read_start, partial(archive.extractfile, info))

    def _too_much(self) -> UnreadableFile:
        message = gettext_noop("The archive unpacks to more than {most} MB. Make several of it.")
        return UnreadableFile(message, most=self._limits.bytes // 2**20)


class Counted:
    """Bytes as they are unpacked, up to a limit: what is passed over in a tar has to be unpacked as well."""

    def __init__(self, file: IO[bytes], most: int, too_much: Callable[[], Exception]):
        self._file, self._left, self._too_much = file, most, too_much

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise self._too_much()
        return block


class ShortHeaders(tarfile.TarInfo):
    """Long names and other notes stand in headers that tarfile reads into memory whole."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: Any, errors: Any) -> "ShortHeaders":
        header = super().frombuf(buf, encoding, errors)
        if header.type in NAMED_IN_HEADERS and header.size > LONGEST_NAME:
            raise UnreadableFile(gettext_noop("The archive is damaged: a name in it is longer than names can be."))
        return header


def read_start(open_member: Callable[[], IO[bytes] | None], most: int) -> bytes:
    with open_member() or io.BytesIO() as file:
        return file.read(most)


@contextmanager
def damage_told(file: str = "") -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        message = gettext_noop("The archive is damaged, cut off or encrypted ({reason}). Pack it again.")
        raise UnreadableFile(message, file=file, reason=str(error)[:200]) from error


def read_whole(stream: BinaryIO, limits: Limits) -> bytes:
    """A file that is no archive.

    Raises:
        UnreadableFile: it is larger than one in an archive may be.
    """
    content = stream.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise too_large(limits, "")
    return content


def too_large(limits: Limits, file: str) -> UnreadableFile:
    message = gettext_noop("This file is larger than {most} MB, which labels of one image never are.")
    return UnreadableFile(message, file=file, most=limits.file_bytes // 2**20)


def tidy(name: str) -> str:
    return name.replace("\0", "").replace("\\", "/").removeprefix("./")
