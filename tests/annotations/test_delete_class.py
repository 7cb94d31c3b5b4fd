"""A class goes with its annotations and suggestions."""

import uuid

import pytest

from labelapp.annotations.class_changes.deletion import start_deletion
from labelapp.annotations.models import Annotation, Proposed, Revision, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import ClassChange, LabelClass
from labelapp.projects.models.class_undo import undo


def test_annotations_and_suggestions_go_and_come_back(project, owner, add_image, cat, dog, give, done):
    mine, theirs = add_image("mine.png"), add_image("theirs.png")
    give(mine, cat)
    give(theirs, dog)
    Suggestion.objects.propose(3, [ImagePrediction(theirs.pk, 0.2, [Proposed(cat.pk, 0.8)])], labelled_too=True)
    rows, suggestions = Annotation.objects.rows(), list(Suggestion.objects.values("pk", "label_class", "score"))
    change = done(start_deletion(owner, cat))
    assert list(project.classes.all()) == [dog]
    assert [each.label_class for each in Annotation.objects.all()] == [dog]
    assert not Suggestion.objects.exists()
    assert (change.counts["annotations"], change.counts["suggestions"]) == (1, 1)
    done(undo(change, owner))
    assert Annotation.objects.rows() == rows
    assert list(Suggestion.objects.values("pk", "label_class", "score")) == suggestions
    assert Image.objects.get(pk=mine.pk).status == "labelled"


def test_an_image_without_its_class_has_to_be_labelled_again(project, owner, image, cat, give, done):
    give(image, cat)
    done(start_deletion(owner, cat))
    assert Image.objects.get().status == "new"


def test_elsewhere_nothing_on_it_is_a_label_too(free_project, owner, image, cat, box, save, done):
    save(image, box(cat), status="labelled")
    done(start_deletion(owner, cat))
    assert Image.objects.get().status == "labelled"


def test_undo_leaves_an_image_that_has_another_class_by_now(project, owner, image, cat, dog, give, done):
    give(image, cat)
    change = done(start_deletion(owner, cat))
    give(image, dog)
    undone = done(undo(change, owner))
    assert Annotation.objects.get().label_class == dog
    assert undone.notes == ["1 image has been given another class since and keeps it: a.png."]


def test_the_history_of_an_image_says_that_the_class_is_gone(as_, owner, project, image, cat, give, done):
    give(image, cat)
    done(start_deletion(owner, cat))
    answer = as_(owner).post(f"/api/images/{image.pk}/revisions/1/restore/")
    assert answer.status_code == 400
    assert "owner has deleted the class “cat”." in answer.json()["error"]["message"]


def test_a_class_with_nothing_but_suggestions_is_deleted_at_once_and_comes_back(as_, owner, project, image, cat, done):
    Suggestion.objects.propose(3, [ImagePrediction(image.pk, 0.2, [Proposed(cat.pk, 0.8)])])
    assert as_(owner).delete(f"/api/projects/{project.pk}/classes/{cat.pk}/").status_code == 204
    assert not project.classes.exists()
    assert not Suggestion.objects.exists()
    done(undo(ClassChange.objects.get(), owner))
    assert Suggestion.objects.get().label_class == cat


def test_frozen_versions_keep_their_names_and_a_running_freeze_is_waited_for(project, owner, cat, dog):
    from labelapp.versions.models import Version

    version = Version.objects.freeze(project, owner, filters={})
    with pytest.raises(Conflict, match="being frozen"):
        start_deletion(owner, cat)
    version.cancel()
    start_deletion(owner, cat)
    with pytest.raises(Conflict, match="Deleting “cat”"):
        Version.objects.freeze(project, owner, filters={})


def test_undoing_a_bulk_change_passes_over_a_class_that_is_going(project, owner, image, cat, dog, done):
    Revision.objects.tag_images(project, owner, [(image, cat)])
    change = Revision.objects.tag_images(project, owner, [(image, dog)])
    start_deletion(owner, cat)
    undone = Revision.objects.undo_bulk(project, change.key, owner)
    assert (undone.changed, undone.unchanged) == (0, 1)


def test_a_deletion_is_asked_for_by_its_own_address(as_, owner, project, image, cat, give):
    give(image, cat)
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/{cat.pk}/"
    assert client.delete(path).status_code == 409
    answer = client.post(f"{path}deletion/")
    assert answer.status_code == 202
    assert client.post(f"/api/class-changes/{answer.json()['id']}/cancel/").json()["status"] == "cancelled"
    assert client.post(f"/api/class-changes/{answer.json()['id']}/retry/").json()["status"] == "queued"
    assert client.post(f"{path}deletion/").status_code == 409
    assert LabelClass.objects.filter(pk=cat.pk).exists()


def test_a_class_that_never_was_is_said_plainly(as_, owner, image):
    row = {"id": str(uuid.uuid4()), "class": 10**12, "shape": "tag", "geometry": {}}
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [row]}
    answer = as_(owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json")
    assert answer.status_code == 400
    assert "classes_gone" not in answer.json()
