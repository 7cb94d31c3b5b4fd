"""Files on a disk of this machine, with the verbs of ``stored.py``."""

import os
import shutil
import uuid
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# Files lie here until they are whole; what killed processes leave is removed at the next start.
DRAFTS = "drafts"


class DiskStorage(FileSystemStorage):
    def keep(self, name: str, content: File, size: int) -> None:
        if self.exists(name) and self.size(name) == size:
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

    def remove_folder(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)
