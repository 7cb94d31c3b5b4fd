"""Labels and originals in one ZIP. Pictures are stored as they are: packing them again would gain nothing."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from labelapp.formats.format import Format
from labelapp.formats.records import ImageRecord
from labelapp.images.originals import path_of
from labelapp.lib import stored
from labelapp.projects.models.job import JobFailure

CHUNK = 1 << 20
# Characters that Windows refuses in file names, and control characters.
REFUSED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


class ArchiveNames:
    """Gives each image its path in the ZIP, and keeps the list in a file until the images are written."""

    def __init__(self, listing: Path, format: Format):
        self._format = format
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}  # where to go on counting, so that thousands of one name take no time
        self._listing = listing.open("w", encoding="utf-8")

    def file_of(self, image: ImageRecord) -> str:
        path = self._free(self._format.image_path(safe_path(image.name) or image.sha256, image.split or ""))
        self._taken.add(self._key(path))
        self._listing.write(json.dumps([str(path), image.sha256]) + "\n")
        return str(path)

    def _free(self, wanted: str) -> PurePosixPath:
        path = PurePosixPath(wanted)
        candidate, number = path, self._next.get(wanted.lower(), 2)
        while self._key(candidate) in self._taken:
            candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        self._next[wanted.lower()] = number
        return candidate

    def _key(self, path: PurePosixPath) -> str:
        """Two names that differ in case only are one file on many disks; labels of a.jpg and a.png are one file too."""
        return str(path.with_suffix("") if self._format.packed else path).lower()

    def close(self) -> None:
        self._listing.close()


def safe_path(name: str) -> str:
    """Relative, without a step upwards, with names that every disk takes."""
    parts = [REFUSED.sub("_", part).strip(" ") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part.strip("."))


def pack(target: Path, labels: Path, labels_name: str) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(labels, labels_name)


def add_images(target: Path, listing: Path, seen: Callable[[int], Any]) -> None:
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive, listing.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            path, sha256 = json.loads(line)
            with open_original(path, sha256) as source, archive.open(path, "w", force_zip64=True) as file:
                shutil.copyfileobj(source, file, CHUNK)
            seen(number)


def open_original(path: str, sha256: str) -> IO[bytes]:
    """
    Raises:
        JobFailure: the original is not in the storage.
    """
    try:
        return stored.reader(path_of(sha256))
    except FileNotFoundError:
        message = _("The original of {path} is not in the storage. Restore it from a backup or delete the image.")
        raise JobFailure(message.format(path=path)) from None
