"""Who may do what with a project, its classes and its members."""

import pytest
from django.core.files.base import ContentFile

from labelapp.annotations.models import Revision
from labelapp.images.arrival import receive
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass, Membership, Project


@pytest.fixture
def cat(project):
    return LabelClass.objects.add(project, "cat")


def paths(project, cat=None):
    base = f"/api/projects/{project.pk}/"
    return [base, f"{base}classes/", f"{base}members/"] + ([f"{base}classes/{cat.pk}/"] if cat else [])


def test_a_person_starts_a_project_and_owns_it(as_, owner):
    answer = as_(owner).post("/api/projects/", {"name": "Birds", "kind": "detection"}, format="json")
    assert answer.status_code == 201
    assert answer.json()["role"] == "owner"
    assert answer.json()["images"] == 0
    [row] = as_(owner).get("/api/projects/").json()["results"]
    assert row["name"] == "Birds"


def test_a_project_needs_a_name_and_a_known_kind(as_, owner):
    answer = as_(owner).post("/api/projects/", {"kind": "poetry"}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"name", "kind"}


def test_a_stranger_finds_nothing(as_, stranger, project, cat):
    assert as_(stranger).get("/api/projects/").json()["results"] == []
    for path in paths(project, cat):
        assert as_(stranger).get(path).status_code == 404
    assert as_(stranger).patch(f"/api/projects/{project.pk}/", {"name": "Mine"}, format="json").status_code == 404


def test_nobody_is_told_to_sign_in(as_, project, cat):
    for path in paths(project, cat):
        assert as_(None).get(path).status_code == 401


def test_a_wrong_method_is_said_to_be_one(as_, owner, project, cat):
    for path in paths(project, cat):
        assert as_(owner).put(path, {}, format="json").status_code == 405


@pytest.mark.parametrize("role", ["annotator", "reviewer", "viewer"])
def test_only_owners_manage(as_, request, project, cat, role):
    client = as_(request.getfixturevalue(role))
    base = f"/api/projects/{project.pk}/"
    assert client.get(base).json()["role"] == role
    assert client.patch(base, {"name": "Mine"}, format="json").status_code == 403
    assert client.delete(base).status_code == 403
    assert client.post(f"{base}classes/", {"name": "dog"}, format="json").status_code == 403
    assert client.delete(f"{base}classes/{cat.pk}/").status_code == 403
    assert client.post(f"{base}members/", {"username": "owner"}, format="json").status_code == 403


def test_an_owner_renames_and_deletes_a_project_with_everything_in_it(as_, owner, project, cat, picture):
    add_labelled_image(owner, project, cat, picture)
    client, path = as_(owner), f"/api/projects/{project.pk}/"
    assert client.patch(path, {"name": "Traffic signs"}, format="json").json()["name"] == "Traffic signs"
    assert client.delete(path).status_code == 204
    project.refresh_from_db()
    project.erase()
    assert not Project.objects.exists()


def test_classes_get_distinct_colours_and_keys(as_, owner, project):
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/"
    made = [client.post(path, {"name": f"class {number}"}, format="json").json() for number in range(12)]
    assert len({each["color"] for each in made}) == 12
    assert [each["key"] for each in made] == list("1234567890ab")
    assert [each["name"] for each in client.get(path).json()["results"]] == [each["name"] for each in made]


def test_a_class_called_by_one_letter_gets_its_key(as_, owner, project):
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/"
    keys = [client.post(path, {"name": name}, format="json").json()["key"] for name in ("0", "1", "Q", "q")]
    assert keys == ["0", "1", "q", "2"]


def test_a_class_name_or_key_that_is_taken_is_refused(as_, owner, project, cat):
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/"
    assert "name" in client.post(path, {"name": "cat"}, format="json").json()["error"]["fields"]
    assert "key" in client.post(path, {"name": "dog", "key": cat.key}, format="json").json()["error"]["fields"]
    assert "color" in client.post(path, {"name": "dog", "color": "red"}, format="json").json()["error"]["fields"]


def test_a_class_keeps_its_own_name_and_key_when_it_changes(as_, owner, project, cat):
    path = f"/api/projects/{project.pk}/classes/{cat.pk}/"
    answer = as_(owner).patch(path, {"name": "cat", "key": cat.key, "color": "#ABCDEF"}, format="json")
    assert answer.status_code == 200
    assert answer.json()["color"] == "#abcdef"


def test_classes_are_put_in_order(as_, owner, project, cat):
    dog = LabelClass.objects.add(project, "dog")
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/order/"
    assert [each["id"] for each in client.put(path, {"ids": [dog.pk, cat.pk]}, format="json").json()] == [
        dog.pk,
        cat.pk,
    ]
    assert client.put(path, {"ids": [dog.pk]}, format="json").status_code == 400


def test_a_class_in_use_is_not_deleted_and_the_count_is_told(as_, owner, project, cat, picture):
    add_labelled_image(owner, project, cat, picture)
    answer = as_(owner).delete(f"/api/projects/{project.pk}/classes/{cat.pk}/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "in_use"
    assert answer.json()["count"] == 1


def test_an_unused_class_is_deleted(as_, owner, project, cat):
    assert as_(owner).delete(f"/api/projects/{project.pk}/classes/{cat.pk}/").status_code == 204
    assert not project.classes.exists()


def test_members_come_change_and_go(as_, owner, project, stranger):
    client, path = as_(owner), f"/api/projects/{project.pk}/members/"
    made = client.post(path, {"username": "stranger", "role": "viewer"}, format="json")
    assert made.status_code == 201
    assert client.patch(f"{path}{stranger.pk}/", {"role": "reviewer"}, format="json").json()["role"] == "reviewer"
    assert client.post(path, {"username": "stranger"}, format="json").status_code == 400
    assert client.post(path, {"username": "ghost"}, format="json").status_code == 400
    assert as_(stranger).delete(f"{path}{stranger.pk}/").status_code == 204  # leaving
    assert [each["username"] for each in client.get(path).json()["results"]] == ["owner"]


def test_the_last_owner_neither_leaves_nor_steps_down(as_, owner, project):
    client, path = as_(owner), f"/api/projects/{project.pk}/members/{owner.pk}/"
    assert client.delete(path).status_code == 409
    assert client.patch(path, {"role": "viewer"}, format="json").status_code == 409
    assert Membership.objects.get(project=project).role == "owner"


def add_labelled_image(owner, project, label_class, picture):
    from django.core.files.base import ContentFile

    Image.objects.admit(project, owner, [receive("a.png", ContentFile(picture()))])
    Revision.objects.tag_images(project, owner, [(project.images.get(), label_class)])


def test_a_kind_that_the_images_do_not_fit_is_refused(as_, owner, project, cat, picture):
    dog = LabelClass.objects.add(project, "dog")
    project.change(kind="multilabel")
    Image.objects.admit(project, owner, [receive("a.png", ContentFile(picture()))])
    image = project.images.get()
    Revision.objects.tag_images(project, owner, [(image, cat)])
    Revision.objects.tag_images(project, owner, [(image, dog)])
    assert image.annotations.count() == 2
    answer = as_(owner).patch(f"/api/projects/{project.pk}/", {"kind": "classification"}, format="json")
    assert answer.status_code == 400
    assert "1 images have several classes" in answer.json()["error"]["fields"]["kind"][0]


def test_attributes_of_a_class_are_sent_whole_also_where_only_they_are_changed(as_, owner, project, cat):
    path = f"/api/projects/{project.pk}/classes/{cat.pk}/"
    assert as_(owner).patch(path, {"attributes": [{}]}, format="json").status_code == 400
    answer = as_(owner).patch(path, {"attributes": [{"name": "angry"}]}, format="json")
    assert answer.json()["attributes"] == [{"name": "angry", "type": "text"}]
