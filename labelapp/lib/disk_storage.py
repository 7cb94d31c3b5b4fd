"""Files on a disk of this machine, with the verbs of ``stored.py``."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# Files lie here until they are whole; what killed processes leave is removed at the next start.
DRAFTS = "drafts"
LOCK = "hold/sweep.lock"  # beside stored.HOLD, in a folder that backups leave out


class DiskStorage(FileSystemStorage):
    def keep(self, name: str, content: File, size: int) -> None:
        with suppress(FileNotFoundError), self._locked(fcntl.LOCK_SH):
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
        with self._locked(fcntl.LOCK_SH):
            os.replace(draft, path)  # noqa: PTH105

    def reader(self, name: str, start: int = 0) -> IO[bytes]:
        file = Path(self.path(name)).open("rb")  # noqa: SIM115
        file.seek(start)
        return file

    def discard_old(self, name: str, before: datetime) -> bool:
        """Judged and deleted under one lock: whoever keeps it has made it look new before, or finds nothing there."""
        path = Path(self.path(name))
        with self._locked(fcntl.LOCK_EX):
            try:
                if path.stat().st_mtime >= before.timestamp():
                    return False
                path.unlink()
            except FileNotFoundError:
                pass
        return True

    def remove_folder(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        """Held for a moment only, by threads and processes of this machine and of those that share its disk."""
        file = Path(self.path(LOCK))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as held:
            fcntl.flock(held, kind)
            yield
