"""Files on a disk of this machine, with the verbs of ``stored.py``."""

import os
import shutil
import uuid
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# Files lie here until they are whole; what killed processes leave is removed at the next start.
DRAFTS = "drafts"


class DiskStorage(FileSystemStorage):
    def keep(self, name: str, content: File, size: int) -> None:
        with suppress(FileNotFoundError):  # not there, or discarded just now
            if self.size(name) == size:
                os.utime(self.path(name))
                return
        content.seek(0)
        self.replace(name, content)

    def replace(self, name: str, content: File) -> None:
        """At one blow: whoever reads finds the old or the new file, and of several who write one is last."""
        draft = self.path(self.save(f"{DRAFTS}/{uuid.uuid4().hex}", content))
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, path)  # noqa: PTH105

    def reader(self, name: str, start: int = 0) -> IO[bytes]:
        file = Path(self.path(name)).open("rb")  # noqa: SIM115
        file.seek(start)
        return file

    def discard_old(self, name: str, before: datetime) -> bool:
        """Moved aside before it is judged: whoever keeps it has made it look new by then, or finds nothing there."""
        path, aside = Path(self.path(name)), Path(self.path(f"{DRAFTS}/{uuid.uuid4().hex}"))
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            if path.stat().st_mtime >= before.timestamp():
                return False
            path.rename(aside)
        except FileNotFoundError:
            return True
        if aside.stat().st_mtime >= before.timestamp():
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def remove_folder(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)
