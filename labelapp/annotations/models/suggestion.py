import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError

from labelapp.images.models import ImageStatus

# A labelled image no longer asks for suggestions.
UNLABELLED = [ImageStatus.NEW, ImageStatus.IN_PROGRESS, ImageStatus.SENT_BACK]


class SuggestionState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    EDITED = "edited", gettext_lazy("Edited")
    REFUSED = "refused", gettext_lazy("Refused")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user) -> Self:
        return self.filter(image__project__memberships__user=user)

    def open(self) -> Self:
        return self.filter(state=SuggestionState.OPEN)

    def decide(self, decisions: dict[str, str], user, key: uuid.UUID) -> None:
        """Note what a person decided: suggestion id -> state; ``open`` takes a decision back."""
        found = {str(pk) for pk in self.filter(pk__in=list(decisions)).values_list("pk", flat=True)}
        unknown = [identifier for identifier in decisions if str(identifier) not in found]
        if unknown:
            raise ValidationError({"suggestions": {unknown[0]: [_("This image has no such suggestion.")]}})
        for state in SuggestionState.values:
            chosen = [identifier for identifier, each in decisions.items() if each == state]
            if chosen and state == SuggestionState.OPEN:
                self.filter(pk__in=chosen).reopen()
            elif chosen:
                decided = {"decided_by": user, "decided_at": timezone.now(), "change_set": key}
                self.filter(pk__in=chosen).update(state=state, **decided)

    def reopen(self) -> None:
        self.update(state=SuggestionState.OPEN, decided_by=None, decided_at=None, change_set=None)


class Suggestion(models.Model):
    """An annotation that a model proposes; it counts for nothing until a person accepts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="suggestions")
    label_class = models.ForeignKey("projects.LabelClass", on_delete=models.CASCADE, related_name="suggestions")
    shape = models.CharField(max_length=16)
    geometry = models.JSONField(default=dict)
    score = models.FloatField()
    uncertainty = models.FloatField(default=0)  # 0 to 1: normalised entropy of the whole prediction
    model = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change_set = models.UUIDField(null=True, db_index=True)  # key of the change set that decided it
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["image", "state"]), models.Index(fields=["model", "state"])]
