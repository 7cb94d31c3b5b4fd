"""Files on a disk of this machine, with the verbs of ``stored.py``."""

import os
import shutil
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class DiskStorage(FileSystemStorage):
    def keep(self, name: str, content: File, size: int) -> None:
        if self.exists(name):
            if self.size(name) == size:
                os.utime(self.path(name))
                return
            self.delete(name)  # a copy that was cut off when a process was killed
        content.seek(0)
        saved = self.save(name, content)
        if saved != name:
            self.delete(saved)  # another upload of the same content was quicker

    def replace(self, name: str, content: File) -> None:
        self.delete(name)
        saved = self.save(name, content)
        if saved != name:
            self.delete(saved)  # somebody else has just written it

    def reader(self, name: str, start: int = 0) -> IO[bytes]:
        file = Path(self.path(name)).open("rb")  # noqa: SIM115
        file.seek(start)
        return file

    def remove_folder(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)
