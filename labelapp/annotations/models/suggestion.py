import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    EDITED = "edited", _("Edited")
    REFUSED = "refused", _("Refused")


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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-score"]
        indexes = [models.Index(fields=["image", "state"]), models.Index(fields=["model", "state"])]
