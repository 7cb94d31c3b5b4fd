import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.annotation import IDS_PER_QUERY, Row, Source, written
from labelapp.annotations.models.proposal import DONE, ProposalQuerySet
from labelapp.images.models import Image
from labelapp.lib.uuids import is_uuid
from labelapp.projects.errors import Conflict
from labelapp.projects.models.membership import in_projects_of


class SuggestionState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    EDITED = "edited", gettext_lazy("Edited")
    REFUSED = "refused", gettext_lazy("Refused")


class SuggestionQuerySet(ProposalQuerySet):
    def visible_to(self, user) -> Self:
        mine = models.Q(image__copy_of=None) | models.Q(image__copied__seat__person=user)
        return self.filter(in_projects_of(user, "image__project__") & mine)

    def open(self) -> Self:
        return self.filter(state=SuggestionState.OPEN)

    def waiting(self) -> Self:
        """Open, and on an image that is not labelled yet: a labelled one no longer asks."""
        return self.open().filter(image__trashed_at=None).exclude(image__status__in=DONE)

    def verdicts(self, model: int) -> list[dict[str, Any]]:
        """What people made of what a model has suggested: the name of each class, and the count of each state."""
        counts = {state: models.Count("pk", filter=models.Q(state=state)) for state in SuggestionState.values}
        of_classes = self.filter(model=model).order_by("label_class__position", "label_class__pk")
        return list(of_classes.values(name=models.F("label_class__name")).annotate(**counts))

    def held(self, ids: Iterable[Any]) -> "list[Suggestion]":
        """Those of these ids that are there, as they are now; nobody can decide about them until the transaction ends.

        Whoever decides locks the image first, so that is locked here too.
        """
        found = self.filter(pk__in=ids)
        list(Image.everything.select_for_update().filter(pk__in=found.order_by().values("image")).values_list("pk"))
        return list(found.select_for_update().order_by("pk"))

    def decide(self, decisions: dict[str, str], user, key: uuid.UUID) -> None:
        """Note what a person decided: suggestion id -> state; ``open`` takes a decision back."""
        if not decisions:
            return
        found = {str(pk) for pk in self.filter(pk__in=filter(is_uuid, decisions)).values_list("pk", flat=True)}
        unknown = [identifier for identifier in decisions if identifier not in found]
        if unknown:
            raise ValidationError({"suggestions": {unknown[0]: [_("This image has no such suggestion.")]}})
        for state in SuggestionState.values:
            chosen = [identifier for identifier, each in decisions.items() if each == state]
            if state == SuggestionState.OPEN:
                self.filter(pk__in=chosen).reopen()
            else:
                self.note(chosen, state, user, key)

    def note(self, ids: list[str], state: str, user, key: uuid.UUID) -> None:
        """Record one decision about many suggestions."""
        for start in range(0, len(ids), IDS_PER_QUERY):
            self.filter(pk__in=ids[start : start + IDS_PER_QUERY]).update(
                state=state, decided_by=user, decided_at=timezone.now(), change_set=key
            )

    def reopen(self) -> None:
        self.update(state=SuggestionState.OPEN, decided_by=None, decided_at=None, change_set=None)


class Suggestion(models.Model):
    """An annotation that a model or a tool proposes; it counts for nothing until a person accepts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="suggestions")
    label_class = models.ForeignKey("projects.LabelClass", on_delete=models.CASCADE, related_name="suggestions")
    shape = models.CharField(max_length=16)
    geometry = models.JSONField(default=dict)
    score = models.FloatField()
    uncertainty = models.FloatField(default=0)  # 0 to 1: normalised entropy of the whole prediction
    model = models.BigIntegerField(null=True)  # none where a tool has found it
    tool = models.CharField(max_length=32, blank=True, default="")  # as ``assist.registry`` names it, or a detector
    state = models.CharField(max_length=16, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change_set = models.UUIDField(null=True, db_index=True)  # key of the change set that decided it
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["image", "state"]), models.Index(fields=["model", "state"])]

    def settle(self, state: str, user) -> "Suggestion":
        """Refuse one suggestion, or open it again; what is accepted is left to the annotation's own history."""
        with transaction.atomic():
            there = Suggestion.objects.held([self.pk])
            if not there:
                raise Conflict(_("This suggestion has gone meanwhile. Load the image again."))
            if there[0].state in (SuggestionState.ACCEPTED, SuggestionState.EDITED):
                raise Conflict(_("This suggestion has been accepted. Delete its annotation instead."))
            Suggestion.objects.filter(pk=self.pk).decide({str(self.pk): state}, user, uuid.uuid4())
            self.refresh_from_db()
        return self

    @property
    def row(self) -> Row:
        """As the API shows it."""
        return {
            "id": str(self.id),
            "image": self.image_id,
            "class": self.label_class_id,
            "shape": self.shape,
            "geometry": self.geometry,
            "score": self.score,
            "uncertainty": self.uncertainty,
            "model": self.model,
            "tool": self.tool,
            "state": str(self.state),
            "created_at": written(self.created_at),
        }

    @property
    def as_annotation(self) -> Row:
        """What accepting it as it is adds to the image; the annotation keeps the suggestion's id."""
        return {
            "id": str(self.id),
            "class": self.label_class_id,
            "shape": self.shape,
            "geometry": self.geometry,
            "source": Source.AUTO.value,
            "score": self.score,
            "model": self.model,
        }
