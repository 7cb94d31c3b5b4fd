"""What a file's rows change on one image."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.annotations import shapes
from labelapp.annotations.models.annotation import Row, Source, written
from labelapp.annotations.models.bulk import VERDICTS
from labelapp.annotations.models.proposal import DONE
from labelapp.annotations.models.standing import PLAIN
from labelapp.exchange.file_classes import FileClasses
from labelapp.exchange.file_skeletons import FileSkeletons
from labelapp.exchange.file_values import FileValues
from labelapp.exchange.likeness import Lookalikes
from labelapp.exchange.models import Import
from labelapp.exchange.plan import ImageChange
from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spooled
from labelapp.exchange.standing import said, stands
from labelapp.formats.records import AnnotationRecord, Columns
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import Kind

Existing = dict[str, Row]


class Merging:
    """Compares the rows of a file with the labels of its images.

    Args:
        replace: labels that the file does not have are removed; without it they stay.
    """

    def __init__(self, job: Import, report: Report, columns: Columns, replace: bool):
        self._job, self._report, self._columns, self._replace = job, report, columns, replace
        project = job.project
        self._one_class = project.kind == Kind.CLASSIFICATION
        self._members = dict(project.members.values_list("username", "pk"))
        self._may_review = project.allows(job.created_by, "review")
        self._may_manage = project.allows(job.created_by, "manage")
        self._now = timezone.now()
        self.classes = FileClasses(project, report, columns, self._may_manage)
        self._values = FileValues(report, columns, self.classes.known)
        self.skeletons = FileSkeletons(report, columns, self.classes.known, self._may_manage)
        # A file that knows no attributes says nothing about them: what looks the same without them is the same.
        self._with_attributes = bool(columns.attributes or columns.others)
        self._contradictory = False

    def change(self, image: Image, existing: Existing, rows: list[Spooled], taken: set[str]) -> ImageChange:
        """
        Args:
            existing: the image's annotations by id, with ``class_name``.
            taken: ids that belong to annotations of other images.
        """
        change = ImageChange(image.pk, image.revision)
        self._contradictory = False
        wanted = self._wanted(image, existing, rows, taken)
        self._settle_tags(existing, wanted, rows)
        change.upsert = [row for identifier, row in wanted.items() if existing.get(identifier) != row]
        change.delete = [each for each in existing if each not in wanted]
        self._set_image(image, rows, change, wanted)
        if self._contradictory:
            return ImageChange(image.pk, image.revision)
        self._count(change, existing, wanted)
        return change

    def _count(self, change: ImageChange, existing: Existing, wanted: dict[str, Row]) -> None:
        report, added = self._report, sum(row["id"] not in existing for row in change.upsert)
        report.added += added
        report.updated += len(change.upsert) - added
        report.unchanged += len(wanted) - len(change.upsert)
        report.removed += len(change.delete)

    def _wanted(self, image: Image, existing: Existing, rows: list[Spooled], taken: set[str]) -> dict[str, Row]:
        """The rows that the image has afterwards, by id."""
        wanted: dict[str, Row] = {}
        named = {each.annotation.id for each in rows if each.annotation}
        unnamed = {identifier: row for identifier, row in existing.items() if identifier not in named}
        alike = Lookalikes(unnamed, max(image.width, image.height), self._with_attributes)
        for place, spooled in enumerate(rows):
            if spooled.annotation is None:
                continue
            checked = self._row(image, spooled, existing)
            if checked is None:
                continue
            row, given = checked, spooled.annotation.id
            identifier = given or ""
            if given is None:
                # A row without an id is the annotation that looks the same, or a new one.
                if same := alike.take(row):
                    identifier = same
                    wanted[identifier] = existing[identifier] | self._news(spooled.annotation, existing[identifier])
                    continue
                identifier = str(uuid.uuid5(image_space(image), f"{self._job.pk}:{spooled.number}"))
            elif given in taken:
                # Labels of another project, or of another image: the same id cannot be there twice.
                identifier = str(uuid.uuid5(image_space(image), given))
            now = written(self._now + timedelta(microseconds=place))  # new ones stay in the order of the file
            wanted[identifier] = self._completed(row, spooled.annotation, existing.get(identifier), identifier, now)
        if not self._replace:
            wanted = existing | wanted
        return wanted

    def _row(self, image: Image, spooled: Spooled, existing: Existing) -> Row | None:
        """Class, shape, geometry and attributes checked; None when the row has an error."""
        record = spooled.annotation
        assert record is not None
        if record.shape not in shapes.SHAPES:
            names = ", ".join(shapes.SHAPES)
            self._error(spooled, "shape", _("The shape must be one of: {names}.").format(names=names))
            return None
        if not self.classes.allow(spooled, record):
            return None
        if record.score is not None and not 0 <= record.score <= 1:
            self._error(spooled, "score", _("A score is a number from 0 to 1, or nothing."))
            return None
        try:
            placed = shapes.normalise(record.shape, record.geometry, image.width, image.height)
        except shapes.Problem as problem:
            self._error(spooled, self._columns.of_shape(record.shape), f"{problem.field}: {problem.message}")
            return None
        old = existing.get(record.id or "", {})
        geometry = self.skeletons.fitted(spooled, placed, old)
        attributes = self._values.checked(spooled, old)
        if geometry is None or attributes is None or not stands(self._report, spooled):
            return None
        return {"class_name": record.label_class, "shape": record.shape, "geometry": geometry, "attributes": attributes}

    def _news(self, record: AnnotationRecord, old: Row) -> Row:
        """What a file that tells all about its annotations says else about one that looks the same."""
        news = {name: value for name, value in said(record).items() if old[name] != value}
        if not news or not self._with_attributes:
            return {}
        return news | {"updated_at": written(self._now)}

    def _completed(self, row: Row, record: AnnotationRecord, old: Row | None, identifier: str, now: str) -> Row:
        """With who, when and from where: from the file, else as it was, else this import."""
        old = old or {}
        content = row | {name: old.get(name, plain) for name, plain in PLAIN.items()} | said(record)
        changed = any(old.get(key) != value for key, value in content.items())
        return {
            "id": identifier,
            **content,
            "source": record.source or old.get("source") or Source.FILE.value,
            "score": record.score,
            "model": record.model if record.model is not None else old.get("model"),
            "created_by": self._named_author(record) or old.get("created_by") or self._job.created_by_id,
            "created_at": written(record.created_at) if record.created_at else old.get("created_at") or now,
            "updated_at": written(record.updated_at) if record.updated_at
            else now if changed else old["updated_at"],
        }  # fmt: skip

    def _named_author(self, record: AnnotationRecord) -> int | None:
        """Only an owner puts labels under somebody else's name, as a restored backup does."""
        return self._members.get(record.author) if self._may_manage else None

    def _settle_tags(self, existing: Existing, wanted: dict[str, Row], rows: list[Spooled]) -> None:
        """An image has a class once as a tag, and in a classification project it has one."""
        seen: dict[Any, str] = {}
        for identifier, row in list(wanted.items()):
            if row["shape"] != "tag":
                continue
            key = "" if self._one_class else row["class_name"]
            first = seen.setdefault(key, identifier)
            if first == identifier:
                continue
            if wanted[first]["class_name"] == row["class_name"]:
                del wanted[identifier]
            elif first in existing and identifier not in existing and not self._replace:
                del wanted[first]  # the file's class takes the place of the image's
                seen[key] = identifier
            else:
                names = wanted[first]["class_name"], row["class_name"]
                message = _("In this project an image has one class, but the file gives it “{}” and “{}”.")
                self._contradict(rows[-1], self._columns.label_class, message.format(*names))
                return

    def _set_image(self, image: Image, rows: list[Spooled], change: ImageChange, wanted: dict[str, Row]) -> None:
        status = self._one_value(rows, "status", "image_status")
        changed = status != image.status or change.upsert or change.delete
        if status in VERDICTS and changed and not self._may_review:
            self._contradict(rows[0], "image_status", _("Only reviewers and owners can approve or send back."))
        if status is None and (change.upsert or change.delete):
            status = ImageStatus.LABELLED.value
        changed = status != image.status or change.upsert
        if status in DONE and changed and self._values.incomplete(rows, wanted.values()):
            status = ImageStatus.IN_PROGRESS.value
        split = self._one_value(rows, "split", "split")
        group = self._one_value(rows, "group", "group")
        change.status = status if status != image.status else None
        change.split = split if split != image.split else None
        change.group = group if group != image.group else None

    def _one_value(self, rows: list[Spooled], name: str, column: str) -> str | None:
        value = getattr(rows[0].record, name)
        for row in rows[1:]:
            if getattr(row.record, name) != value:
                message = _("Line {line} gives the same image another value here.").format(line=rows[0].line)
                self._contradict(row, column, message)
                break
        return value

    def _contradict(self, spooled: Spooled, column: str, message: str) -> None:
        """An error not of one row but of what the image would be: it is left as it is."""
        self._contradictory = True
        self._error(spooled, column, message)

    def _error(self, spooled: Spooled, column: str, message: str) -> None:
        self._report.refuse(spooled, column, message)


def image_space(image: Image) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"image:{image.pk}")
