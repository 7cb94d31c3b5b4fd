"""Suggestions that somebody decides about while their class is merged or deleted."""

import uuid

import pytest

from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.class_changes.suggestions import delete_suggestions, move_suggestions
from labelapp.annotations.models import Proposed, Revision, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import LabelClass
from tests.at_once import during

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposed(add_image, cat, dog):
    """An image for which a model has proposed both classes; answers it and the two suggestions."""
    image = add_image("both.png")
    Suggestion.objects.propose(7, [ImagePrediction(image.pk, 0.5, [Proposed(cat.pk, 0.6), Proposed(dog.pk, 0.4)])])
    return image, Suggestion.objects.get(label_class=cat), Suggestion.objects.get(label_class=dog)


def accepting(image, suggestion, user):
    """The two steps in which a person's page accepts it."""

    def lock():
        Image.objects.select_for_update().get(pk=image.pk)

    return lock, lambda: Revision.objects.accept(suggestion, user, key=uuid.uuid4())


def test_a_suggestion_that_is_accepted_while_its_class_is_merged_is_the_one_that_stays(
    project, owner, annotator, cat, dog, proposed
):
    image, mine, _twin = proposed
    change = start_merge(owner, dog, cat)  # no lock on cat's suggestions
    lock, accept = accepting(image, mine, annotator)
    during(lock, lambda: move_suggestions(change, cat.pk, dog.pk), then=accept)
    assert list(Suggestion.objects.values_list("pk", "state", "label_class")) == [(mine.pk, "accepted", dog.pk)]


def test_a_suggestion_that_is_accepted_while_its_class_is_deleted_comes_back_as_accepted(
    project, owner, annotator, cat, dog, proposed
):
    image, mine, _twin = proposed
    change = start_merge(owner, dog, cat)
    lock, accept = accepting(image, mine, annotator)
    during(lock, lambda: delete_suggestions(change, cat.pk), then=accept)
    change.shelved_suggestions.unshelve(None)
    assert Suggestion.objects.get(pk=mine.pk).state == "accepted"


def test_a_suggestion_that_is_moved_on_during_an_undo_is_left_alone(project, owner, cat, dog, proposed):
    image, mine, twin = proposed
    twin.delete()
    change = start_merge(owner, cat, dog)
    move_suggestions(change, cat.pk, dog.pk)
    horse = LabelClass.objects.add(project, "horse")

    def move_on():
        Suggestion.objects.filter(pk=mine.pk).update(label_class=horse)

    lock, _accept = accepting(image, mine, owner)
    during(lock, lambda: change.shelved_suggestions.unshelve(dog.pk), then=move_on)
    assert Suggestion.objects.get().label_class == horse


def test_a_suggestion_that_is_accepted_at_the_same_moment_cannot_be_refused(project, annotator, proposed):
    image, mine, _twin = proposed
    lock, accept = accepting(image, mine, annotator)
    with pytest.raises(Conflict, match="has been accepted"):
        during(lock, lambda: mine.settle("refused", annotator), then=accept)
    assert Suggestion.objects.get(pk=mine.pk).state == "accepted"
