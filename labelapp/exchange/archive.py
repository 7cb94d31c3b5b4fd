"""Labels and originals in one ZIP. Pictures are stored as they are: packing them again would gain nothing."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from labelapp.images.originals import path_of
from labelapp.lib import stored
from labelapp.projects.models.job import JobFailure

FOLDER = "images"
CHUNK = 1 << 20
# Characters that Windows refuses in file names, and control characters.
REFUSED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


class ArchiveNames:
    """Gives each image its path in the ZIP, and keeps the list in a file until the images are written."""

    def __init__(self, listing: Path):
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}  # where to go on counting, so that thousands of one name take no time
        self._listing = listing.open("w", encoding="utf-8")

    def file_of(self, name: str, sha256: str) -> str:
        path = self._free(safe_path(name) or sha256)
        self._taken.add(path.lower())  # two names that differ in case only are one file on many disks
        self._listing.write(json.dumps([path, sha256]) + "\n")
        return path

    def _free(self, name: str) -> str:
        path = PurePosixPath(FOLDER) / name
        candidate, number = path, self._next.get(name.lower(), 2)
        while str(candidate).lower() in self._taken:
            candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        self._next[name.lower()] = number
        return str(candidate)

    def close(self) -> None:
        self._listing.close()


def safe_path(name: str) -> str:
    """Relative, without a step upwards, with names that every disk takes."""
    parts = [REFUSED.sub("_", part).strip(" ") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part.strip("."))


def write_archive(target: Path, labels: Path, labels_name: str, listing: Path, seen: Callable[[int], Any]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.write(labels, labels_name, zipfile.ZIP_DEFLATED)
        with listing.open(encoding="utf-8") as lines:
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
