"""Reading a file and finding out what it would change, without changing anything."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.annotations.models import Annotation
from labelapp.exchange.matching import Match, Matching, Unmatched
from labelapp.exchange.merging import Existing, Merging
from labelapp.exchange.models import Import
from labelapp.exchange.plan import PlanWriter
from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spool, Spooled
from labelapp.formats.errors import UnreadableFile
from labelapp.formats.packed import Limits
from labelapp.formats.records import Columns, Row
from labelapp.formats.registry import AUTO, FORMATS, detect
from labelapp.formats.relative import in_pixels
from labelapp.images.decoding import mask_picture
from labelapp.images.models import Image
from labelapp.projects.models.job import JobFailure

ROWS_AT_ONCE = 1000
IMAGES_AT_ONCE = 200
Item = TypeVar("Item")


class DryRun:
    def __init__(self, job: Import):
        self.job = job
        self.report = Report(job.name)
        self.matching = Matching(job.project)
        self.columns: Columns | None = None

    def perform(self) -> None:
        """Fill the import's ``findings`` and ``plan``."""
        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as name:
            spool, plan = Spool(Path(name) / "rows"), PlanWriter(Path(name))
            classes: dict[str, int | None] = {}
            try:
                self._read(spool)
                classes = self._compare(spool, plan)
            except UnreadableFile as problem:
                self.report.unreadable = True
                self.report.errors.add_problem(problem.line, problem, problem.file)
            finally:
                spool.close()
            stored = plan.save(self.job, classes)
        try:
            self.job.report(
                0.5 if not self.job.dry_run else 1.0, findings=self.report.as_dict(), plan=stored,
                error_count=self.report.errors.count, images_changed=self.report.images_changed,
            )  # fmt: skip
        except BaseException:
            default_storage.delete(stored)
            raise

    def _read(self, spool: Spool) -> None:
        """Match every row to its image and spool it."""
        try:
            stream = default_storage.open(str(self.job.file))
        except FileNotFoundError:
            raise JobFailure(_("The uploaded file is not there any more. Upload it again.")) from None
        with stream:
            source: Any = stream.file
            limits = Limits(settings.MAX_ZIP_FILES, bytes=settings.MAX_ZIP_BYTES, picture=mask_picture)
            format = detect(source, limits) if self.job.format == AUTO else FORMATS[self.job.format]
            self.report.format = format.name
            for rows in portions(format.read(source, self.report.errors, limits), ROWS_AT_ONCE):
                self.matching.learn(rows)
                for row in rows:
                    self.columns = row.columns
                    self._spool(row, spool)
                self.job.report(self.job.progress)

    def _spool(self, row: Row, spool: Spool) -> None:
        report = self.report
        told = row.columns.images_apart and row.annotation is not None  # by the row of the image
        try:
            match = self.matching.image_of(row.image)
        except Unmatched as problem:
            if problem.missing:
                report.missing[row.image.name or row.image.sha256 or str(row.image.id)] = None
            if not (problem.missing and self.job.skip_missing) and not told:
                report.refuse(row, row.columns.image, str(problem))
            return
        wrong_size = size_problem(row, match)
        if wrong_size:
            if not told:
                report.refuse(row, "width", wrong_size)
            return
        if row.annotation and row.annotation.id:
            before = spool.line_of(row.annotation.id, row.line)
            if before is not None:
                message = _("Line {line} has the same annotation_id. Leave it empty for a new annotation.")
                report.refuse(row, "annotation_id", message.format(line=before))
                return
        annotation = row.annotation
        if annotation and row.relative:
            annotation = in_pixels(annotation, match.width, match.height)
        spool.add(Spooled(match.pk, row.line, row.image, annotation, row.file, row.item))

    def _compare(self, spool: Spool, plan: PlanWriter) -> dict[str, int | None]:
        """Write into the plan what becomes different, and return the classes that it needs by name."""
        if self.columns is None:
            if not self.report.errors.count:
                raise UnreadableFile(_("The file has no rows below its header."))
            return {}
        replace = self.columns.complete if self.job.replace is None else self.job.replace
        merging = Merging(self.job, self.report, self.columns, replace)
        total = spool.count_images()
        for portion in portions(spool.images(), IMAGES_AT_ONCE):
            pks = [pk for pk, _rows in portion]
            images = Image.objects.in_bulk(pks)
            existing = existing_rows(pks, merging.classes.names)
            taken = taken_ids(portion)
            for pk, rows in portion:
                change = merging.change(images[pk], existing[pk], rows, {each for each in taken if taken[each] != pk})
                plan.saw(pk, images[pk].revision)
                if not change.empty:
                    plan.add(change)
            self.report.images_matched += len(portion)
            self.job.report(0.5 * self.report.images_matched / total)
        self.report.images_changed = plan.count
        used = merging.classes.needed
        plan.skeletons = merging.skeletons.given(used)
        self.report.skeletons = list(plan.skeletons)
        self.report.classes_new = [name for name, pk in used.items() if pk is None]
        return used


def existing_rows(pks: list[int], names: dict[int, str]) -> dict[int, Existing]:
    found: dict[int, Existing] = defaultdict(dict)
    for annotation in Annotation.objects.filter(image__in=pks).order_by("created_at", "pk"):
        row = annotation.row
        row["class_name"] = names[row.pop("class")]
        found[annotation.image_id][row["id"]] = row
    return found


def taken_ids(portion: list[tuple[int, list[Spooled]]]) -> dict[str, int]:
    """Ids of the file that annotations have already, with the image on which each of those is."""
    ids = [row.annotation.id for _pk, rows in portion for row in rows if row.annotation and row.annotation.id]
    return {str(pk): image for pk, image in Annotation.objects.filter(pk__in=ids).values_list("pk", "image_id")}


def size_problem(row: Row, match: Match) -> str:
    said = (row.image.width or match.width, row.image.height or match.height)
    if said == (match.width, match.height):
        return ""
    message = _("The file says {said} x {other} pixels, but the image has {width} x {height}.")
    return message.format(said=f"{said[0]:.9g}", other=f"{said[1]:.9g}", width=match.width, height=match.height)


def portions(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while portion := list(islice(iterator, size)):
        yield portion
