"""Several people label the same images without seeing each other's labels, or those that are there."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.annotation import Annotation
from labelapp.annotations.models.round_copy import RoundCopy, RoundImage
from labelapp.annotations.models.seat import Seat
from labelapp.images.models import Image, ImageQuerySet
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry
from labelapp.projects.models.membership import PERMISSIONS, in_projects_of

MOST_COPIES = 5_000  # images times people
MOST_SHAPES = 50_000  # that are copied, where people do not start with nothing
MOST_PEOPLE = 20
DELETED_AT_ONCE = 200


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))

    def start(
        self,
        project,
        by,
        images: ImageQuerySet,
        people: list[int],
        empty: bool = True,
        note: str = "",
        most: int | None = None,
    ) -> "Round":
        """Have each of these people label each of these images on a copy of their own.

        Args:
            images: of the project, outside the trash.
            people: ids of members who may label.
            most: of more images than that so many are drawn by chance.
            empty: copies have no labels to start with; otherwise those of the images as they are now.

        Raises:
            ValidationError: names what is wrong.
        """
        may = {role for role, permissions in PERMISSIONS.items() if "label" in permissions}
        members = project.memberships.filter(user__in=people, role__in=may, user__is_active=True)
        known = {each.user_id: each.user for each in members.select_related("user")}
        if len(set(people)) != len(people) or set(people) != set(known):
            raise ValidationError({"people": [_("Name members of the project who may label, each once.")]})
        if len(people) < 2:
            raise ValidationError({"people": [_("Name at least two people: one alone agrees with everything.")]})
        drawn = images.order_by("?")[: most or MOST_COPIES]
        rows = sorted(drawn[: MOST_COPIES // len(people) + 1], key=lambda each: (each.name, each.pk))
        if not rows:
            raise ValidationError({"ids": [_("There are no such images.")]})
        if len(rows) * len(people) > MOST_COPIES:
            message = _("At most {count} images can be labelled by {people} people in one round. Choose fewer.")
            most = MOST_COPIES // len(people)
            raise ValidationError({"ids": [message.format(count=most, people=len(people))]})
        with transaction.atomic():
            number = project.take_number("round")
            made = self.create(
                project=project, number=number, empty=empty, note=note, images=len(rows), created_by=by
            )  # fmt: skip
            made._make_copies(rows, [known[person] for person in people])
            AuditEntry.objects.note(by, "round.started", target=made, images=len(rows), people=len(people))
        return made


class Round(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    empty = models.BooleanField(default=True)  # people start with nothing on the images
    images = models.PositiveIntegerField()  # as it was started; some may be deleted since
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    counted_seats: list[Seat] = []  # with how far they are; see ``counted`` in api/rounds.py

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="round_number_once_per_project")]

    def __str__(self) -> str:
        return _("Round {number}").format(number=self.number)

    def describe(self, note: str) -> None:
        self.note = note
        self.save(update_fields=["note"])

    def require_closed(self) -> None:
        """Before, nobody but who drew them sees any labels of it: not even a reviewer, who may label in it too."""
        if self.closed_at is None:
            raise Conflict(_("This round is still open. Close it, or wait until everybody is done."))

    def close(self, by) -> None:
        """Nobody can change labels of it from now on; how far people agree is worked out. Said twice, the first counts.

        Args:
            by: None where the last of its people has said that they are done.
        """
        with transaction.atomic():
            # First the round, as who says that they are done has it; who saves just now holds the row of a copy, and is
            # waited for.
            Round.objects.select_for_update(of=("self",)).get(pk=self.pk)
            copies = Image.everything.filter(copied__seat__round=self).order_by("pk")
            list(copies.select_for_update(of=("self",)).values_list("pk", flat=True))
            if self._turn(closed_at=None, to=timezone.now()):
                AuditEntry.objects.note(by, "round.closed", self.project, target=self)
                self.work_out(by or self.created_by)

    def reopen(self, by) -> None:
        """Its people go on, and say anew that they are done; what was worked out is forgotten."""
        with transaction.atomic():
            if self._turn(closed_at__isnull=False, to=None):
                self.seats.update(finished_at=None)
                self.chosen.update(score=None, people=0, proposal=[], merged_at=None)
                for job in self.agreements.all():
                    job.cancel()
                self.agreements.all().delete()
                AuditEntry.objects.note(by, "round.reopened", self.project, target=self)

    def work_out(self, by) -> Any:
        """Have the agreement of its people worked out, once more where classes have been changed since."""
        from labelapp.annotations.models.agreement import Agreement

        self.require_closed()
        return Agreement.objects.ask(self, by)

    def discard(self) -> None:
        """With the copies and all that is on them; what was merged stays with its image."""
        copies = Image.everything.filter(copied__seat__round=self)
        while ids := list(copies.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
            Image.everything.filter(pk__in=ids).delete()
        for job in [*self.agreements.all(), *self.merges.all()]:
            job.cancel()
        self.delete()

    def _turn(self, to: datetime | None, **only) -> bool:
        """Whether it was not so already."""
        changed = Round.objects.filter(pk=self.pk, **only).update(closed_at=to)
        self.refresh_from_db(fields=["closed_at"])
        return bool(changed)

    def _make_copies(self, images: list[Image], people: list) -> None:
        seats = Seat.objects.bulk_create(Seat(round=self, person=person) for person in people)
        chosen = RoundImage.objects.bulk_create(
            (RoundImage(round=self, image=image, revision=image.revision) for image in images), batch_size=1000
        )
        pairs = [(seat, each) for seat in seats for each in chosen]
        copies = Image.everything.bulk_create((copy_of(each.image) for _seat, each in pairs), batch_size=500)
        RoundCopy.objects.bulk_create(
            (
                RoundCopy(seat=seat, chosen=each, image=copy)
                for (seat, each), copy in zip(pairs, copies, strict=True)
            ),
            batch_size=1000,
        )  # fmt: skip
        if not self.empty:
            _copy_labels(images, copies)


def copy_of(image: Image) -> Image:
    """Not saved: another row for the same stored file."""
    return Image(copy_of=image, prepared=True, **{name: getattr(image, name) for name in SAME_FILE})


def _copy_labels(images: list[Image], copies: list[Image]) -> None:
    rows = list(Annotation.objects.filter(image__among=[each.pk for each in images]).order_by())
    times = len(copies) // len(images)
    if len(rows) * times > MOST_SHAPES:
        message = _("These images have too many labels to be copied ({found}, at most {most}). Start with nothing.")
        raise ValidationError({"empty": [message.format(found=len(rows) * times, most=MOST_SHAPES)]})
    same = [each.attname for each in Annotation._meta.concrete_fields if each.name not in ("id", "image")]
    labels: dict[int, list[Annotation]] = {}
    for row in rows:
        labels.setdefault(row.image_id, []).append(row)
    Annotation.objects.bulk_create(
        (
            Annotation(image=copy, **{name: getattr(row, name) for name in same})
            for copy in copies
            for row in labels.get(copy.copy_of_id or 0, [])
        ),
        batch_size=1000,
    )


SAME_FILE = (
    "project_id", "name", "sha256", "format", "size_bytes", "width", "height", "orientation", "created_by_id",
)  # fmt: skip
