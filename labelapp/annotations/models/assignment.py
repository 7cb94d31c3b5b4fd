"""Slices of a project's images that a person is asked to label. An image is in one of them at most."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.assigned_image import AssignedImage
from labelapp.annotations.models.proposal import DONE
from labelapp.images.models import ImageQuerySet
from labelapp.images.shelf import shelf
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry
from labelapp.projects.models.membership import PERMISSIONS, in_projects_of

MOST_IMAGES = 20_000  # in one go
ORDERS = {"name": ("name", "pk"), "id": ("pk",), "random": ("?",)}


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)

    def release(self) -> int:
        """Whoever had them is gone: they are there for somebody else."""
        return self.unfinished().update(assignee=None)

    def asked_of(self, project, user) -> "list[Assignment]":
        """What a person has still to do here, the oldest first, counted."""
        return counted(project, self.unfinished().filter(project=project, assignee=user).order_by("pk"))

    def split(
        self, project, by, images: ImageQuerySet, people: list[int], each: int | None, order: str, note: str = ""
    ) -> "list[Assignment]":
        """Give images to people, one assignment for each of them; images that somebody has still to do stay theirs.

        Args:
            images: of the project, outside the trash.
            people: ids of members who may label, in the order in which they get theirs.
            each: how many images a person gets at most; None shares all of them out evenly.
            order: a name out of ORDERS, of the images before they are cut into slices.

        Raises:
            ValidationError: names what is wrong. Conflict: none of the images is free.
        """
        may = {role for role, permissions in PERMISSIONS.items() if "label" in permissions}
        members = project.memberships.filter(user__in=people, role__in=may, user__is_active=True)
        known = {each.user_id: each.user for each in members.select_related("user")}
        if len(set(people)) != len(people) or set(people) != set(known):
            raise ValidationError({"people": [_("Name members of the project who may label, each once.")]})
        with transaction.atomic():
            project.lock()  # of two who share out the same images the second sees that they are gone
            free = images.exclude(models.Exists(AssignedImage.objects.unfinished().filter(image=models.OuterRef("pk"))))
            most = MOST_IMAGES + 1 if each is None else min(each * len(people), MOST_IMAGES + 1)
            ids = list(free.order_by(*ORDERS[order]).values_list("pk", flat=True)[:most])
            if len(ids) > MOST_IMAGES:
                message = _("At most {count} images can be assigned in one go. Say how many each person gets.")
                raise ValidationError({"each": [message.format(count=MOST_IMAGES)]})
            if not ids:
                raise Conflict(_("None of these images is free: somebody has each of them to do already."), "in_use")
            AssignedImage.objects.filter(image__in=ids).delete()  # of what is finished
            slices = zip(people, shares(ids, len(people), each), strict=True)
            return [self._make(project, by, known[person], own, note) for person, own in slices if own]

    def _make(self, project, by, assignee, ids: list[int], note: str) -> "Assignment":
        number = project.take_number("assignment")
        made = self.create(
            project=project, number=number, assignee=assignee, images=len(ids), note=note, created_by=by
        )  # fmt: skip
        AssignedImage.objects.bulk_create((AssignedImage(assignment=made, image_id=pk) for pk in ids), batch_size=5000)
        AuditEntry.objects.note(by, "assignment.made", target=made, to=assignee.display_name, images=len(ids))
        return made


class Assignment(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="assignments")
    number = models.PositiveIntegerField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    images = models.PositiveIntegerField()  # as it was made; some may be deleted since
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    # How many of its images outside the trash there are now, and how many of them are done; see ``counted``.
    total = 0
    labelled = 0
    approved = 0

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="assignment_number_once_per_project")]

    def __str__(self) -> str:
        return _("Assignment {number}").format(number=self.number)

    @property
    def share(self) -> float:
        return self.labelled / self.total if self.total else 0

    def give(self, by, assignee) -> None:
        """To another member who may label, or with None to nobody for now."""
        if assignee is not None and not (assignee.is_active and self.project.allows(assignee, "label")):
            raise ValidationError({"assignee": [_("Name a member of the project who may label.")]})
        if assignee == self.assignee:
            return
        self.assignee = assignee
        with transaction.atomic():
            self.save(update_fields=["assignee"])
            to = assignee.display_name if assignee else ""
            AuditEntry.objects.note(by, "assignment.given", target=self, to=to)

    def describe(self, note: str) -> None:
        self.note = note
        self.save(update_fields=["note"])

    def finish(self, by) -> None:
        """Said twice, the first counts."""
        self.require_part_in_it(by)
        if self.finished_at is None:
            self._turn(by, "assignment.finished", timezone.now())

    def reopen(self, by) -> None:
        self.require_part_in_it(by)
        if self.finished_at is not None:
            self._turn(by, "assignment.reopened", None)

    def require_part_in_it(self, by) -> None:
        if self.assignee_id != by.pk and not self.project.allows(by, "review"):
            raise PermissionDenied(_("Only who has the assignment, and reviewers and owners, can do this."))

    def _turn(self, by, verb: str, finished_at) -> None:
        self.finished_at = finished_at
        with transaction.atomic():
            self.save(update_fields=["finished_at"])
            AuditEntry.objects.note(by, verb, target=self)

    @property
    def told(self) -> str:
        """How far it is, in words."""
        text = ngettext("{labelled} of {total} image labelled", "{labelled} of {total} images labelled", self.total)
        return text.format(labelled=self.labelled, total=self.total)


def counted(project, assignments: Any) -> "list[Assignment]":
    """Each with how far it is, out of the catalogue."""
    rows = list(assignments)
    counts = shelf.catalogue(project.pk).assignments() if rows else {}
    for row in rows:
        statuses = counts.get(row.pk, {})
        row.total = sum(statuses.values())
        row.labelled = sum(statuses.get(status, 0) for status in DONE)
        row.approved = statuses.get("approved", 0)
    return rows


def shares(ids: list[int], people: int, each: int | None) -> list[list[int]]:
    """Slices for so many people: of ``each`` as far as it goes, or all of them evenly.

    >>> shares([1, 2, 3, 4, 5], 2, None)
    [[1, 2, 3], [4, 5]]
    >>> shares([1, 2, 3, 4, 5], 3, 2)
    [[1, 2], [3, 4], [5]]
    """
    if each is not None:
        return [ids[at * each : (at + 1) * each] for at in range(people)]
    size, more = divmod(len(ids), people)
    ends = [size * at + min(at, more) for at in range(people + 1)]
    return [ids[ends[at] : ends[at + 1]] for at in range(people)]
