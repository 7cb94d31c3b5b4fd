"""ZIP files from outside: judged as a whole by their directory, then read member by member."""

import lzma
import stat
import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from labelapp.images.arrival import Arrival, Outcome, clean, receive
from labelapp.images.decoding import Refused
from labelapp.lib.zip_names import name_of

# Below this many bytes a high ratio is a small picture of one colour, not a bomb.
TOO_SMALL_FOR_A_BOMB = 1 << 20
IN_MEMORY = 8 << 20
ENCRYPTED = 0x1
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError)


class Zip:
    """An opened ZIP whose directory has been found harmless; raises ``Refused`` where it is not."""

    def __init__(self, file: IO[bytes]):
        size = file.seek(0, 2)
        if not size:
            raise Refused(_("The file is empty."))
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Refused(_("This is not a ZIP file, or it is damaged or cut off.")) from error
        # A member without a name is one that zipfile cut at a NUL; it cannot be asked whether it is a folder.
        self.members = [each for each in self._zip.infolist() if each.filename and not each.is_dir()]
        if not self.members:
            raise Refused(_("The ZIP holds no files."))
        self._check_amounts(size)
        for each in self.members:
            self._check(each)

    @property
    def unpacked_bytes(self) -> int:
        return sum(each.file_size for each in self.members)

    def read(self, member: zipfile.ZipInfo) -> Arrival | Outcome:
        """Judge one member as an uploaded file; no member raises."""
        name = name_of(member)
        if reason := skipped(name):
            return Outcome.refused(clean(name), reason)
        if member.file_size > settings.MAX_IMAGE_BYTES:
            limit = settings.MAX_IMAGE_BYTES // 2**20
            return Outcome.refused(clean(name), _("The file is larger than {limit} MB.").format(limit=limit))
        with tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(settings.FILE_UPLOAD_TEMP_DIR)) as copy:
            try:
                with self._zip.open(member) as source:
                    while piece := source.read(1 << 20):
                        copy.write(piece)
            except UNREADABLE:
                return Outcome.refused(clean(name), _("This part of the ZIP is damaged and cannot be read."))
            return receive(name, File(copy, name))

    def _check_amounts(self, size: int) -> None:
        if len(self.members) > settings.MAX_ZIP_FILES:
            raise Refused(
                _("The ZIP holds {count} files; at most {limit} are taken.").format(
                    count=len(self.members), limit=settings.MAX_ZIP_FILES
                )
            )
        if size > settings.MAX_ZIP_BYTES or sum(each.file_size for each in self.members) > settings.MAX_ZIP_BYTES:
            limit = settings.MAX_ZIP_BYTES // 2**20
            raise Refused(_("The ZIP holds more than {limit} MB.").format(limit=limit))
        if sum(each.compress_size for each in self.members) > size:
            raise Refused(_("The files in the ZIP overlap each other, as in a ZIP bomb."))

    def _check(self, member: zipfile.ZipInfo) -> None:
        name = name_of(member)
        path = name.replace("\\", "/")
        if path.startswith("/") or path[1:3] == ":/" or ".." in path.split("/"):
            raise Refused(_("“{name}” leads out of the ZIP's own folder; nothing was added.").format(name=name))
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refused(_("“{name}” is a link to another file; nothing was added.").format(name=name))
        if member.flag_bits & ENCRYPTED:
            raise Refused(_("“{name}” is encrypted; save the ZIP without a password.").format(name=name))
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > TOO_SMALL_FOR_A_BOMB and ratio > settings.MAX_ZIP_RATIO:
            raise Refused(
                _("“{name}” unpacks to {ratio} times its size, as in a ZIP bomb; nothing was added.").format(
                    name=name, ratio=int(ratio)
                )
            )


def skipped(name: str) -> str:
    """Why a member is not even looked at; empty when it is."""
    path = PurePosixPath(name)
    if "__MACOSX" in path.parts or path.name in LEFT_BY_SYSTEMS or path.name.startswith("._"):
        return _("Skipped: an operating system left it there.")
    if path.suffix.lower() == ".zip":
        return _("Skipped: a ZIP inside a ZIP is not opened.")
    return ""
