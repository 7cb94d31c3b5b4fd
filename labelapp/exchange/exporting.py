"""The work of an export: write to a temporary file, then keep it in the storage."""

import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.exchange.archive import ArchiveNames, add_images, pack
from labelapp.exchange.models import Export
from labelapp.exchange.reading import known_of, labelled_images
from labelapp.exchange.selection import images_of
from labelapp.formats.registry import FORMATS
from labelapp.projects.models.job import JobFailure

REPORT_SECONDS = 0.5
# Writing the labels is a small part of the time when images go along.
LABELS_SHARE = 0.2


class TemporaryFile(File):
    """Names its path, so that a storage on the same disk moves it in place of copying it."""

    def temporary_file_path(self) -> str:
        return self.name or ""


class Exporting:
    def __init__(self, export: Export):
        self.export = export
        self.format = FORMATS[export.format]
        self.images = images_of(export.project, export.filters)
        self.total = self.images.count()
        self._reported = time.monotonic()

    def perform(self) -> None:
        if not self.total:
            raise JobFailure(_("No image matches these filters: there is nothing to export."))
        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as name:
            folder = Path(name)
            file = folder / "labels"
            names = ArchiveNames(folder / "images.list", self.format)
            rows = self._write_labels(file, names)
            names.close()
            if self.export.with_images:
                if not self.format.packed:
                    labels, file = file, folder / "archive"
                    pack(file, labels, f"labels{self.format.suffix}")
                add_images(file, folder / "images.list", self._packed)
            self._keep(file, rows)

    def _write_labels(self, file: Path, names: ArchiveNames) -> int:
        file_of = names.file_of if self.export.with_images or self.format.packed else lambda image: ""
        labelled = labelled_images(self.images, file_of, self._written)
        with file.open("wb") as stream:
            return self.format.write(stream, labelled, known_of(self.export.project, file.parent))

    def _keep(self, file: Path, rows: int) -> None:
        size = file.stat().st_size
        with TemporaryFile(file.open("rb"), name=str(file)) as content:
            name = default_storage.save(f"exports/{self.export.pk}/{self.export.file_name}", content)
        try:
            self.export.report(1.0, file=name, rows=rows, images=self.total, size_bytes=size)
        except BaseException:
            default_storage.delete(name)
            raise

    def _written(self, images: int) -> None:
        share = LABELS_SHARE if self.export.with_images else 1.0
        self._report(share * images / self.total)

    def _packed(self, images: int) -> None:
        self._report(LABELS_SHARE + (1 - LABELS_SHARE) * images / self.total)

    def _report(self, progress: float) -> None:
        now = time.monotonic()
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self.export.report(min(progress, 0.99))
