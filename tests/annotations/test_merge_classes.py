"""All annotations of one class become another's."""

import uuid

import pytest
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes import rewriting
from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.models import Annotation, Proposed, Revision, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, LabelClass
from labelapp.projects.models.class_undo import undo


def classes_on(image) -> list[str]:
    return sorted(Annotation.objects.filter(image=image).values_list("label_class__name", flat=True))


def test_every_annotation_moves_and_the_class_goes(project, owner, add_image, cat, dog, give, done):
    images = [add_image(f"{number}.png") for number in range(3)]
    for image in images:
        give(image, cat)
    Image.objects.filter(pk=images[2].pk).move_to_trash(owner)
    change = done(start_merge(owner, cat, dog))
    assert [classes_on(image) for image in images] == [["dog"]] * 3
    assert list(project.classes.values_list("name", flat=True)) == ["dog"]
    assert change.counts["annotations"] == change.counts["images"] == 3
    assert [image.status for image in Image.objects.all()] == ["labelled"] * 3
    assert Revision.objects.filter(number=2).count() == 3
    assert AuditEntry.objects.get(verb="class.merged").target == "Merging “cat” into “dog”"


def test_work_in_many_parts_gives_the_same(free_project, owner, add_image, cat, dog, box, save, done, monkeypatch):
    monkeypatch.setattr(rewriting, "IMAGES_AT_ONCE", 2)
    monkeypatch.setattr(rewriting, "ANNOTATIONS_AT_ONCE", 3)
    images = [add_image(f"{number}.png") for number in range(5)]
    for image in images:
        save(image, box(cat), box(cat), box(dog))
    done(start_merge(owner, cat, dog))
    assert Annotation.objects.filter(label_class=dog).count() == 15
    assert set(Image.objects.values_list("revision", flat=True)) == {2}


def test_an_image_with_both_tags_ends_with_one(free_project, owner, image, cat, dog, give, done):
    free_project.kind = "multilabel"
    free_project.save()
    give(image, cat)
    give(image, dog)
    change = done(start_merge(owner, cat, dog))
    assert classes_on(image) == ["dog"]
    assert change.counts["both"] == 1
    done(undo(change, owner))
    assert classes_on(image) == ["cat", "dog"]


def test_the_other_class_learns_shapes_and_attributes(free_project, owner, image, cat, dog, box, save, done):
    cat.change(
        owner, attributes=[{"name": "age", "type": "number"}, {"name": "fur", "type": "select", "options": ["a"]}]
    )
    dog.change(owner, shapes=["tag"], attributes=[{"name": "fur", "type": "select", "options": ["b"]}])
    save(image, box(cat, attributes={"age": 4, "fur": "a"}))
    change = done(start_merge(owner, cat, dog))
    dog.refresh_from_db()
    assert dog.shapes == ["tag", "box"]
    assert [each["name"] for each in dog.attributes] == ["fur", "age"]
    assert Annotation.objects.get().attributes == {"age": 4, "fur": "a"}
    done(undo(change, owner))
    dog.refresh_from_db()
    assert (dog.shapes, dog.attributes) == (["tag"], [{"name": "fur", "type": "select", "options": ["b"]}])


def test_values_that_do_not_fit_are_counted(project, owner, image, cat, dog, give, done):
    cat.change(owner, attributes=[{"name": "age", "type": "text"}])
    dog.change(owner, attributes=[{"name": "age", "type": "number"}])
    give(image, cat, age="old")
    change = done(start_merge(owner, cat, dog))
    assert Annotation.objects.get().attributes == {}
    assert change.notes == ["1 value did not fit the attributes of the other class and went: a.png."]


def test_suggestions_move_and_a_model_proposes_a_tag_once(project, owner, add_image, cat, dog, done):
    both, one = add_image("both.png"), add_image("one.png")
    Suggestion.objects.propose(
        7, [ImagePrediction(both.pk, 0.5, [Proposed(cat.pk, 0.6), Proposed(dog.pk, 0.4)]),
            ImagePrediction(one.pk, 0.5, [Proposed(cat.pk, 0.9)])],
    )  # fmt: skip
    before = set(Suggestion.objects.values_list("pk", "label_class", "score"))
    change = done(start_merge(owner, cat, dog))
    assert set(Suggestion.objects.values_list("image", "label_class", "score")) == {
        (both.pk, dog.pk, 0.4), (one.pk, dog.pk, 0.9),
    }  # fmt: skip
    done(undo(change, owner))
    assert set(Suggestion.objects.values_list("pk", "label_class", "score")) == before


def test_undo_brings_everything_back_exactly(project, owner, add_image, cat, dog, give, done):
    images = [add_image(f"{number}.png") for number in range(3)]
    for image in images:
        give(image, cat)
    rows, state = {row["id"]: row for row in Annotation.objects.rows()}, cat.state
    done(undo(done(start_merge(owner, cat, dog)), owner))
    assert {row["id"]: row for row in Annotation.objects.rows()} == rows
    assert LabelClass.objects.get(pk=cat.pk).state == state
    assert set(Image.objects.values_list("revision", flat=True)) == {3}  # history is only added to


def test_undo_leaves_what_others_did_since(free_project, owner, annotator, add_image, cat, dog, box, save, done):
    moved, relabelled, deleted = (add_image(name) for name in ("moved.png", "relabelled.png", "deleted.png"))
    horse = LabelClass.objects.add(free_project, "horse")
    drawn = {image: box(cat) for image in (moved, relabelled, deleted)}
    for image, row in drawn.items():
        save(image, row)
    change = done(start_merge(owner, cat, dog))
    save(moved, drawn[moved] | {"class": dog.pk, "geometry": {"box": [5.0, 5.0, 9.0, 9.0]}}, by=annotator)
    save(relabelled, drawn[relabelled] | {"class": horse.pk}, by=annotator)
    save(deleted, delete=[drawn[deleted]["id"]], by=annotator)
    undone = done(undo(change, owner))
    there = {each.image_id: each for each in Annotation.objects.all()}
    assert there[moved.pk].label_class_id == cat.pk
    assert there[moved.pk].geometry == {"box": [5.0, 5.0, 9.0, 9.0]}
    assert there[relabelled.pk].label_class_id == horse.pk
    assert deleted.pk not in there
    assert undone.notes == [
        "1 annotation has been changed by somebody since and stays as it is: relabelled.png.",
        "1 annotation has been deleted by somebody since: deleted.png.",
    ]


def test_a_class_whose_name_and_key_are_taken_comes_back_under_others(project, owner, image, cat, dog, give, done):
    give(image, cat)
    change = done(start_merge(owner, cat, dog))
    LabelClass.objects.add(project, "cat", key=cat.key)
    undone = done(undo(change, owner))
    back = LabelClass.objects.get(pk=cat.pk)
    assert (back.name, back.key) == ("cat (2)", "")
    assert undone.notes == [
        "Its name is taken by now: the class came back as “cat (2)”.",
        "Its key belongs to another class by now: 1.",
    ]
    assert Annotation.objects.get().label_class_id == cat.pk


def test_what_was_cancelled_half_way_is_undone_too(project, owner, add_image, cat, dog, give, done, monkeypatch):
    monkeypatch.setattr(rewriting, "IMAGES_AT_ONCE", 1)
    images = [add_image(f"{number}.png") for number in range(3)]
    for image in images:
        give(image, cat)
    change = start_merge(owner, cat, dog)
    report = type(change).report

    def cancelling(self, progress, **fields):
        report(self, progress, **fields)
        self.cancel()

    monkeypatch.setattr(type(change), "report", cancelling)
    change.perform()
    monkeypatch.setattr(type(change), "report", report)
    change.refresh_from_db()
    assert change.status == "cancelled"
    assert Annotation.objects.filter(label_class=dog).count() == 2
    done(undo(change, owner))
    assert Annotation.objects.filter(label_class=cat).count() == 3
    assert LabelClass.objects.filter(pk=cat.pk).exists()


def test_after_a_worker_has_died_half_way_the_next_one_does_the_rest(
    project, owner, add_image, cat, dog, give, done, monkeypatch
):
    images = [add_image(f"{number}.png") for number in range(2)]
    for image in images:
        give(image, cat)
    change = start_merge(owner, cat, dog)
    monkeypatch.setattr(rewriting, "IMAGES_AT_ONCE", 1)
    with monkeypatch.context() as dying:
        dying.setattr(type(change), "report", lambda *_args, **_fields: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            change.perform()
    assert [classes_on(image) for image in images] == [["dog"], ["cat"]]
    change.refresh_from_db()
    change.rescue()
    done(change)
    assert [classes_on(image) for image in images] == [["dog"], ["dog"]]
    assert set(Image.objects.values_list("revision", flat=True)) == {2}


def test_while_it_runs_the_class_is_given_to_nothing_and_no_other_change_begins(
    project, owner, image, cat, dog, tag, save, give
):
    give(image, cat)
    change = start_merge(owner, cat, dog)
    with pytest.raises(ValidationError, match="owner has merged the class “cat” into “dog”"):
        save(image, tag(cat))
    with pytest.raises(ValidationError, match="merged"):
        Revision.objects.tag_images(project, owner, [(image, cat)])
    assert Suggestion.objects.propose(1, [ImagePrediction(image.pk, 0.1, [Proposed(cat.pk, 0.5)])], True) == 0
    with pytest.raises(Conflict, match="Merging “cat” into “dog”"):
        start_merge(owner, dog, cat)
    with pytest.raises(Conflict, match="still being done"):
        undo(change, owner)
    change.cancel()
    Revision.objects.tag_images(project, owner, [(image, cat)])


def test_who_labels_with_a_merged_class_is_told_and_shown_the_other(
    as_, annotator, owner, image, cat, dog, give, tag, done
):
    give(image, cat)
    done(start_merge(owner, cat, dog))
    body = {"base_revision": 2, "key": str(uuid.uuid4()), "upsert": [tag(cat)]}
    answer = as_(annotator).patch(f"/api/images/{image.pk}/annotations/", body, format="json")
    assert answer.status_code == 400
    assert "owner has merged the class “cat” into “dog”." in answer.json()["error"]["message"]
    assert answer.json()["classes_gone"] == [
        {"id": cat.pk, "name": "cat", "into": {"id": dog.pk, "name": "dog"}},
    ]  # fmt: skip


def test_a_class_is_not_merged_into_itself(owner, cat):
    with pytest.raises(ValidationError):
        start_merge(owner, cat, cat)
