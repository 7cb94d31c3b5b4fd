from typing import Any, Self

from django.db import models, transaction
from rest_framework.exceptions import APIException

from labelapp.images.expected import require_expected
from labelapp.images.models.image import Image
from labelapp.images.models.image_query_set import ImageQuerySet
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, Job, JobStatus
from labelapp.projects.models.audit_entry import Tally
from labelapp.projects.models.job import JobFailure

AT_ONCE = 500  # so many are done before the request is answered


class ManyImages(Job):
    """Work on many images of a project, in many transactions, of which each counts and is written into the log.

    What concerns few images is done at once, with a row all the same; it does not stand in the list of long work.
    """

    page = "images"
    unlisted = ("filters", "left_out")
    at_once = True  # whether what concerns few images is

    filters = models.JSONField(default=dict)  # which images, as ``ImageFilters`` has it
    left_out = models.JSONField(default=list)  # ids of those that are not meant
    images = models.PositiveIntegerField(default=0)  # how many were meant when it was asked for
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta(Job.Meta):
        abstract = True

    @classmethod
    def listed(cls, project) -> Any:
        listed = super().listed(project)
        return listed.exclude(images__lte=AT_ONCE, status=JobStatus.COMPLETED) if cls.at_once else listed

    def begin(self, expected: int | None = None) -> Self:
        """Do it, or have it done by a worker.

        Raises:
            Conflict: the images are not as many as expected, or what was tried at once has failed.
        """
        self.images = self.chosen().count()
        require_expected(self.images, expected)
        with transaction.atomic():
            self.save(force_insert=True)
            if self.images > AT_ONCE or not self.at_once:
                self.enqueue()
                return self
        self.perform()
        if self.status == JobStatus.FAILED:
            raise Conflict(self.error)
        return self

    def chosen(self) -> ImageQuerySet:
        """The images that are meant and on which it is still to be done."""
        from labelapp.images.filters import ImageFilters

        images = Image.objects.filter(project=self.project).exclude(pk__in=self.left_out)
        chosen: Any = ImageFilters(self.filters).apply(images)
        return chosen

    def work(self) -> None:
        try:
            self.do()
        except APIException as problem:  # a person can act on it
            raise JobFailure(str(problem.detail)) from problem

    def do(self) -> None:
        """Call ``count`` in each transaction."""
        raise NotImplementedError

    def tally(self, verb: str, target: Any = "") -> Tally:
        return AuditEntry.objects.tally(self.created_by, verb, self.project, target)

    def count(self, tally: Tally, changed: int = 0, unchanged: int = 0) -> None:
        """Raises JobCancelled: the transaction must be undone."""
        if changed:
            tally.add(images=changed)
        fields = {"changed": self.changed + changed, "unchanged": self.unchanged + unchanged}
        self.report(sum(fields.values()) / max(1, self.images), **fields)
