"""What becomes of the suggestions of a class that goes."""

from uuid import UUID

from django.db import transaction

from labelapp.annotations.models import ShelvedSuggestion, Suggestion, SuggestionState
from labelapp.projects.models import ClassChange

AT_ONCE = 2000


def move_suggestions(change: ClassChange, source: int, target: int) -> int:
    """Suggestions of one class become the other's; a model proposes a tag once per image."""
    moved = 0
    while ids := some_of(source):
        with transaction.atomic():
            part = [each for each in Suggestion.objects.held(ids) if each.label_class_id == source]
            images = {each.image_id for each in part}
            tags = Suggestion.objects.filter(label_class=target, shape="tag", image__in=images)
            there = {(each.image_id, each.model): each for each in tags.select_for_update().order_by("pk")}
            twins = [(each, there.get((each.image_id, each.model))) for each in part if each.shape == "tag"]
            # Of two the one that a person has decided about stays.
            going = [
                twin if twin.state == SuggestionState.OPEN and each.state != SuggestionState.OPEN else each
                for each, twin in twins
                if twin is not None
            ]
            ShelvedSuggestion.objects.shelve(change, [*part, *going])
            Suggestion.objects.filter(pk__in=[each.pk for each in going]).delete()
            Suggestion.objects.filter(pk__in=[each.pk for each in part]).update(label_class=target)
        moved += len(part)
    return moved


def delete_suggestions(change: ClassChange, label_class: int) -> int:
    deleted = 0
    while ids := some_of(label_class):
        with transaction.atomic():
            part = [each for each in Suggestion.objects.held(ids) if each.label_class_id == label_class]
            ShelvedSuggestion.objects.shelve(change, part)
            Suggestion.objects.filter(pk__in=[each.pk for each in part]).delete()
        deleted += len(part)
    return deleted


def some_of(label_class: int) -> list[UUID]:
    found = Suggestion.objects.filter(label_class=label_class).order_by("pk")
    return list(found.values_list("pk", flat=True)[:AT_ONCE])
