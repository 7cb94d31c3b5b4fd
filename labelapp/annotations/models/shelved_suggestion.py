from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from labelapp.annotations.models.annotation import IDS_PER_QUERY
from labelapp.annotations.models.suggestion import Suggestion
from labelapp.images.models import Image


class ShelvedSuggestionQuerySet(models.QuerySet["ShelvedSuggestion"]):
    def shelve(self: Any, change, suggestions: Iterable[Suggestion]) -> None:
        """Keep suggestions as they are before a change of classes moves or deletes them; safe to do again."""
        self.bulk_create(
            [
                ShelvedSuggestion(
                    change=change, suggestion=each.pk, label_class=each.label_class_id,
                    row={"image_id": each.image_id, "shape": each.shape, "geometry": each.geometry,
                         "score": each.score, "uncertainty": each.uncertainty, "model": each.model, "tool": each.tool,
                         "state": each.state, "decided_by_id": each.decided_by_id,
                         "decided_at": each.decided_at and each.decided_at.isoformat(),
                         "change_set": each.change_set and str(each.change_set)},
                )
                for each in suggestions
            ],
            ignore_conflicts=True,
        )  # fmt: skip

    def unshelve(self, moved_to: int | None) -> None:
        """Suggestions that are still as the change left them become what they were; those that went come back."""
        for start in range(0, self.count(), IDS_PER_QUERY):
            with transaction.atomic():
                _put_back(list(self.order_by("pk")[start : start + IDS_PER_QUERY]), moved_to)


def _put_back(shelved: "list[ShelvedSuggestion]", moved_to: int | None) -> None:
    images = Image.everything.select_for_update().filter(pk__in={each.row["image_id"] for each in shelved})
    images_there = set(images.values_list("pk", flat=True))
    there = {each.pk: each for each in Suggestion.objects.held([each.suggestion for each in shelved])}
    moved, gone = [], []
    for each in shelved:
        now = there.get(each.suggestion)
        if now is None and each.row["image_id"] in images_there:
            gone.append(Suggestion(pk=each.suggestion, label_class_id=each.label_class, **each.row))
        elif now is not None and now.label_class_id == moved_to:
            now.label_class_id = each.label_class
            moved.append(now)
    Suggestion.objects.bulk_create(gone)
    Suggestion.objects.bulk_update(moved, ["label_class"], batch_size=500)


class ShelvedSuggestion(models.Model):
    """A suggestion as it was before its class was merged or deleted, for the undo."""

    change = models.ForeignKey("projects.ClassChange", on_delete=models.CASCADE, related_name="shelved_suggestions")
    suggestion = models.UUIDField()
    label_class = models.BigIntegerField()
    row: Any = models.JSONField()

    objects = ShelvedSuggestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "suggestion"], name="suggestion_shelved_once")]
