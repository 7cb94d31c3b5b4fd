"""Doing what a dry run has decided. A worker that is killed here goes on where it stopped: nothing is done twice."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models import Revision
from labelapp.annotations.models.bulk import PreparedChange
from labelapp.exchange.models import Import
from labelapp.exchange.plan import ImageChange, Plan
from labelapp.images.models import Image
from labelapp.projects.errors import describe
from labelapp.projects.models import LabelClass
from labelapp.projects.models.job import JobFailure

IMAGES_AT_ONCE = 200
NAMES_SHOWN = 5


class Applying:
    def __init__(self, job: Import):
        self.job = job
        self.plan = Plan.load(job)
        self.key = revision_key(job)
        self.left: list[int] = []

    def perform(self) -> None:
        """
        Raises:
            JobFailure: some images changed meanwhile and were left as they are.
        """
        classes = self._classes()
        portion: list[ImageChange] = []
        done = 0
        for change in self.plan.changes():
            portion.append(change)
            if len(portion) == IMAGES_AT_ONCE:
                done += self._write(portion, classes, done)
                portion = []
        self._write(portion, classes, done)
        if self.left:
            names = ", ".join(Image.objects.filter(pk__in=self.left[:NAMES_SHOWN]).values_list("name", flat=True))
            message = _(
                "{count} images were changed by somebody during the import and were left as they are: {names}. "
                "Import the file again to see what is left to do."
            )
            raise JobFailure(message.format(count=len(self.left), names=names))

    def _classes(self) -> dict[str, int]:
        """Ids of the classes by name; those that the dry run called new are made."""
        project, skeletons = self.job.project, self.plan.skeletons
        known = {each.name: each for each in project.classes.all()}
        for name in self.plan.classes:
            skeleton = skeletons.get(name, {})
            if name not in known:
                known[name] = LabelClass.objects.add(project, name, skeleton=skeleton)
            elif skeleton and not known[name].skeleton:
                known[name].change(self.job.created_by, skeleton=skeleton)
        return {name: each.pk for name, each in known.items()}

    def _write(self, portion: list[ImageChange], classes: dict[str, int], done: int) -> int:
        prepared = [
            PreparedChange(
                each.image, each.revision, [stored(row, classes) for row in each.upsert], each.delete, each.status
            )
            for each in portion
            if each.changes_labels
        ]
        project, author = self.job.project, self.job.created_by
        try:
            self.left += Revision.objects.write_prepared(project, author, self.key, prepared)
        except ValidationError as error:  # a class went meanwhile
            raise JobFailure(describe(error)["message"]) from error
        for each in portion:
            fields = {
                name: value for name, value in (("split", each.split), ("group", each.group)) if value is not None
            }
            if fields:
                Image.objects.filter(pk=each.image).update(**fields)
        self.job.report(0.5 + 0.5 * (done + len(portion)) / max(1, self.plan.count))
        return len(portion)


def stored(row: dict[str, Any], classes: dict[str, int]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "class_name"} | {"class": classes[row["class_name"]]}


def revision_key(job: Import) -> uuid.UUID:
    """The same in every attempt."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"import:{job.pk}")
