import uuid

import pytest
from rest_framework.exceptions import PermissionDenied, ValidationError

from labelapp.annotations.models import Annotation, Revision
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import LabelClass, Project


def test_a_change_set_writes_rows_and_appends_a_revision(image, owner, cat, tag, save):
    state = save(image, tag(cat))
    image.refresh_from_db()
    assert (state.revision, image.revision, image.status) == (1, 1, "in_progress")
    row = Annotation.objects.get()
    assert (row.label_class, row.shape, row.source, row.created_by) == (cat, "tag", "manual", owner)
    assert state.annotations == [row.row]


def test_the_same_key_gives_the_same_answer_and_does_nothing(image, owner, cat, dog, tag, save):
    key, first_tag, second_tag = uuid.uuid4(), tag(cat), tag(dog)
    first = save(image, first_tag, key=key, base_revision=0)
    save(image, second_tag, delete=[first_tag["id"]])
    again = save(image, first_tag, key=key, base_revision=0)
    assert again == first
    assert Revision.objects.count() == 2
    assert Annotation.objects.get().label_class == dog


def test_a_stale_base_is_a_conflict_with_the_changes_since(image, annotator, cat, tag, save):
    given = tag(cat)
    save(image, given, base_revision=0, status="labelled")
    with pytest.raises(Conflict) as conflict:
        save(image, base_revision=0, by=annotator)
    assert conflict.value.extra["revision"] == 1
    (change,) = conflict.value.extra["changes"]
    assert change["upsert"][0]["id"] == given["id"]
    assert (change["revision"], change["author"], change["delete"], change["status"]) == (1, "owner", [], "labelled")


def test_an_explicit_status_wins(image, cat, tag, save):
    assert save(image, tag(cat), status="labelled").status == "labelled"


def test_only_reviewers_give_verdicts(image, annotator, reviewer, save):
    for status in ("approved", "sent_back"):
        with pytest.raises(PermissionDenied):
            save(image, by=annotator, status=status)
        assert save(image, by=reviewer, status=status).status == status


def test_an_edit_of_an_approved_image_takes_the_approval_away(image, cat, tag, annotator, save):
    save(image, status="approved")
    assert save(image, tag(cat), by=annotator).status == "labelled"


def test_an_edit_that_keeps_the_approval_needs_the_right_to_approve(image, cat, tag, annotator, reviewer, save):
    save(image, status="approved")
    with pytest.raises(PermissionDenied):
        save(image, tag(cat), by=annotator, status="approved")
    assert save(image, tag(cat), by=reviewer, status="approved").status == "approved"


def test_editing_an_auto_annotation_makes_it_semi_auto(free_project, image, cat, box, save):
    given = box(cat, source="auto", score=0.9)
    assert save(image, given).annotations[0]["source"] == "auto"
    assert save(image, given | {"attributes": {"far": True}}).annotations[0]["source"] == "auto"
    moved = given | {"geometry": {"box": [5, 5, 9, 9]}}
    assert save(image, moved).annotations[0]["source"] == "semi-auto"


def test_an_edit_keeps_who_made_it_and_when(free_project, image, owner, annotator, cat, box, save):
    given = box(cat)
    before = save(image, given).annotations[0]
    after = save(image, given | {"geometry": {"box": [5, 5, 9, 9]}}, by=annotator).annotations[0]
    assert (after["created_by"], after["created_at"]) == (owner.pk, before["created_at"])
    assert after["updated_at"] > before["updated_at"]


def test_a_classification_image_has_one_class(image, cat, dog, tag, save):
    first = tag(cat)
    save(image, first)
    with pytest.raises(ValidationError, match="one class"):
        save(image, tag(dog))
    assert save(image, tag(dog), delete=[first["id"]]).annotations[0]["class"] == dog.pk


def test_other_projects_take_several_classes_but_none_twice(free_project, image, cat, dog, tag, save):
    save(image, tag(cat), tag(dog))
    with pytest.raises(ValidationError, match="this class already"):
        save(image, tag(dog))


def test_a_class_of_another_project_is_refused(image, owner, tag, save):
    elsewhere = LabelClass.objects.add(Project.objects.start(owner, name="Other"), "bird")
    with pytest.raises(ValidationError, match="class of this project"):
        save(image, tag(elsewhere))


def test_a_shape_that_the_class_does_not_allow_is_refused(free_project, image, cat, box, save):
    cat.shapes = ["tag"]
    cat.save()
    with pytest.raises(ValidationError, match="allows only: tag"):
        save(image, box(cat))


def test_an_id_of_another_image_is_refused(add_image, image, cat, tag, save):
    given = tag(cat)
    save(image, given)
    with pytest.raises(ValidationError, match="another image"):
        save(add_image("b.png"), given)


def test_an_id_twice_in_one_change_set_is_refused(free_project, image, cat, dog, tag, save):
    given = tag(cat)
    with pytest.raises(ValidationError, match="twice"):
        save(image, given, given | {"class": dog.pk})
    save(image, given)
    with pytest.raises(ValidationError, match="twice"):
        save(image, given, delete=[given["id"]])


def test_too_many_shapes_are_refused_and_nothing_is_written(free_project, image, cat, box, save, monkeypatch):
    monkeypatch.setattr("labelapp.annotations.models.change_set.MOST_SHAPES", 2)
    save(image, box(cat), box(cat))
    with pytest.raises(ValidationError, match="at most 2"):
        save(image, box(cat))
    assert Annotation.objects.count() == 2


def test_deleting_what_is_not_there_changes_nothing(image, cat, tag, save):
    save(image, tag(cat))
    assert len(save(image, delete=[str(uuid.uuid4())]).annotations) == 1


def test_an_image_in_the_trash_is_not_changed(add_image, cat, tag, save):
    from django.utils import timezone

    with pytest.raises(Conflict, match="trash"):
        save(add_image(trashed_at=timezone.now()), tag(cat))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "no uuid"), ("id", None), ("class", "cat"), ("class", None), ("class", True), ("shape", "circle"),
        ("shape", None), ("shape", []), ("attributes", []), ("source", "guessed"), ("score", 2), ("score", "high"),
        ("score", True), ("model", "best"), ("model", -1),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_the_index(free_project, image, cat, box, save, field, value):
    with pytest.raises(ValidationError) as error:
        save(image, box(cat), box(cat) | {field: value})
    assert set(error.value.detail["upsert"]) == {"1"}
    assert set(error.value.detail["upsert"]["1"]) == {field}
    assert not Annotation.objects.exists()
    assert Image.objects.get().revision == 0
