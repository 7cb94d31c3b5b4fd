"""The part that somebody has in a round."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.annotations.models.proposal import DONE
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, Membership
from labelapp.projects.models.membership import PERMISSIONS

MAY_LABEL = [role for role, permissions in PERMISSIONS.items() if "label" in permissions]


class SeatQuerySet(models.QuerySet["Seat"]):
    def counted(self) -> Self:
        """With ``total``, the images of the round outside the trash, and ``labelled``, how many of them are done."""
        there = models.Q(copies__chosen__image__trashed_at=None)
        done = there & models.Q(copies__image__status__in=DONE)
        return self.annotate(total=models.Count("copies", filter=there), labelled=models.Count("copies", filter=done))

    def still_asked(self) -> Self:
        """Of people who have not said that they are done, and can still label here."""
        members = Membership.objects.filter(project=models.OuterRef("round__project"), user=models.OuterRef("person"))
        can = models.Exists(members.filter(role__in=MAY_LABEL))
        return self.filter(can, finished_at=None, person__is_active=True)

    def asked_of(self, project, user) -> "list[Seat]":
        """What a person has still to do in the rounds of a project, the oldest first."""
        asked = self.filter(round__project=project, round__closed_at=None, person=user, finished_at=None)
        return list(asked.counted().select_related("round").order_by("pk"))


class Seat(models.Model):
    round = models.ForeignKey("annotations.Round", on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    finished_at = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    total: Any = 0
    labelled: Any = 0

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_seat_per_person")]

    @property
    def may(self) -> dict[str, bool]:
        """What somebody may not do on the labelling page of a round, whatever their role."""
        return {"review": False} | ({} if self.round.closed_at is None else {"label": False})

    @property
    def share(self) -> float:
        return self.labelled / self.total if self.total else 0

    @property
    def told(self) -> str:
        """How far it is, in words."""
        text = ngettext("{labelled} of {total} image labelled", "{labelled} of {total} images labelled", self.total)
        return text.format(labelled=self.labelled, total=self.total)

    def finish(self) -> None:
        """The last one who does closes the round. Said twice, the first counts."""
        with transaction.atomic():
            self._require_open()
            if Seat.objects.filter(pk=self.pk, finished_at=None).update(finished_at=timezone.now()):
                AuditEntry.objects.note(self.person, "round.finished", self.round.project, target=self.round)
                if not self.round.seats.still_asked().exists():
                    self.round.close(None)

    def reopen(self) -> None:
        with transaction.atomic():
            self._require_open()
            Seat.objects.filter(pk=self.pk).update(finished_at=None)

    def _require_open(self) -> None:
        from labelapp.annotations.models.round import Round

        self.round = Round.objects.select_for_update(of=("self",)).select_related("project").get(pk=self.round_id)
        if self.round.closed_at is not None:
            raise Conflict(_("This round is closed. A reviewer can open it again."))


def seat_of(round, user) -> Seat:
    """Raises PermissionDenied: they do not label in it."""
    seat = round.seats.filter(person=user).first()
    if seat is None:
        raise PermissionDenied(_("You do not label in this round."))
    return seat
