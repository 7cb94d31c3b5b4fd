"""Plain changes of classes are noted and can be taken back, but not over what somebody has decided since."""

import pytest

from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, ClassChange, LabelClass
from labelapp.projects.models.class_undo import undo


@pytest.fixture
def cat(project):
    return LabelClass.objects.add(project, "cat", color="#112233")


@pytest.fixture
def dog(project):
    return LabelClass.objects.add(project, "dog", color="#445566")


def newest() -> ClassChange:
    return ClassChange.objects.order_by("-pk")[0]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"name": "lion"}, "Renaming “cat” to “lion”"),
        ({"color": "#abcdef"}, "The colour of “cat”"),
        ({"key": "z"}, "The key of “cat”"),
        ({"shapes": ["box"]}, "The shapes of “cat”"),
        ({"name": "lion", "key": "l"}, "Changing “cat”"),
    ],
)
def test_each_field_goes_back(as_, owner, project, cat, fields, title):
    before = cat.state
    client = as_(owner)
    assert client.patch(f"/api/projects/{project.pk}/classes/{cat.pk}/", fields, format="json").status_code == 200
    assert newest().title == title
    assert AuditEntry.objects.filter(verb="class.changed", actor=owner, target=title).count() == 1
    answer = client.post(f"/api/class-changes/{newest().pk}/undo/")
    assert (answer.status_code, answer.json()["status"], answer.json()["title"]) == (
        200,
        "completed",
        f"Undoing: {title}",
    )
    cat.refresh_from_db()
    assert cat.state == before
    assert AuditEntry.objects.filter(verb="class.undone").count() == 1


def test_a_change_that_changes_nothing_is_not_noted(owner, cat):
    assert cat.change(owner, name="cat") is None
    assert not ClassChange.objects.exists()


def test_what_was_changed_again_since_stays_and_is_told(owner, project, cat):
    change = cat.change(owner, name="lion", color="#000000")
    cat.change(owner, color="#ffffff")
    undone = undo(change, owner)
    cat.refresh_from_db()
    assert (cat.name, cat.color) == ("cat", "#ffffff")
    assert undone.notes == ["This has been changed again since and stays: the colour of “cat”."]


def test_a_name_that_another_class_has_by_now_is_not_taken_from_it(owner, project, cat, dog):
    change = cat.change(owner, name="lion")
    dog.change(owner, name="cat")
    undone = undo(change, owner)
    cat.refresh_from_db()
    assert cat.name == "lion"
    assert undone.notes


def test_the_order_goes_back_and_newer_classes_stay_at_the_end(owner, project, cat, dog):
    change = LabelClass.objects.reorder(project, [dog.pk, cat.pk], owner)
    LabelClass.objects.add(project, "horse")
    undo(change, owner)
    assert [each.name for each in project.classes.all()] == ["cat", "dog", "horse"]


def test_an_order_that_was_changed_again_stays(owner, project, cat, dog):
    first = LabelClass.objects.reorder(project, [dog.pk, cat.pk], owner)
    assert LabelClass.objects.reorder(project, [dog.pk, cat.pk], owner) is None
    LabelClass.objects.reorder(project, [cat.pk, dog.pk], owner)
    assert undo(first, owner).notes == ["This has been changed again since and stays: the order."]
    assert [each.name for each in project.classes.all()] == ["cat", "dog"]


def test_nothing_is_undone_twice_and_no_undo_either(owner, cat):
    change = cat.change(owner, name="lion")
    undone = undo(change, owner)
    for again in (change, undone):
        with pytest.raises(Conflict):
            undo(again, owner)


def test_a_class_that_is_gone_is_told(owner, project, cat):
    change = cat.change(owner, name="lion")
    cat.delete()
    assert undo(change, owner).notes == ["The class “lion” is not there any more."]


def test_only_owners_undo_and_members_read(as_, owner, project, viewer, annotator, stranger, cat):
    change = cat.change(owner, name="lion")
    listed, one = f"/api/projects/{project.pk}/class-changes/", f"/api/class-changes/{change.pk}/"
    for person, reads, undoes in [(viewer, 200, 403), (annotator, 200, 403), (stranger, 404, 404), (None, 401, 401)]:
        assert as_(person).get(listed).status_code == reads
        assert as_(person).get(one).status_code == reads
        for verb in ("undo", "cancel", "retry"):
            assert as_(person).post(f"{one}{verb}/").status_code == undoes
    for verb in ("cancel", "retry"):
        assert as_(owner).post(f"{one}{verb}/").status_code == 409
    assert as_(owner).get(f"{one}undo/").status_code == 405
