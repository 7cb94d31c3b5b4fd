import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.annotations.models import Revision


@pytest.fixture
def gone(free_project, image, save, box, cat):
    """A shape that was drawn, moved and deleted; another one is still there."""
    shape = box(cat)
    save(image, shape, box(cat, x=50))
    moved = shape | {"geometry": {"box": [9, 9, 20, 20]}}
    save(image, moved)
    save(image, delete=[shape["id"]])
    image.refresh_from_db()
    return moved


@pytest.fixture
def call(as_, owner, image):
    def ask(method: str = "get", path: str = "", body=None, by=None):
        client = as_(by or owner)
        return getattr(client, method)(f"/api/images/{image.pk}/deleted-shapes/{path}", body, format="json")

    return ask


def back(call, *ids, **more):
    return call("post", "restore/", {"ids": list(ids)}, **more)


def test_what_was_deleted_is_listed_as_it_was(gone, call):
    [found] = call().json()["results"]
    assert found["annotation"]["geometry"] == gone["geometry"]
    assert (found["revision"], found["deleted_by"], found["refusal"]) == (3, "owner", "")


def test_it_is_brought_back_as_one_change_set(gone, call, image, annotator):
    state = back(call, gone["id"], by=annotator).json()
    assert (state["revision"], len(state["annotations"])) == (4, 2)
    row = next(each for each in state["annotations"] if each["id"] == gone["id"])
    assert row["geometry"] == gone["geometry"]
    assert row["created_by"] != annotator.pk
    assert call().json()["results"] == []
    assert back(call, gone["id"]).json()["revision"] == 4  # it is there: nothing is left to do


def test_an_approved_image_is_labelled_again(gone, call, image, save):
    save(image, status="approved")
    assert back(call, gone["id"]).json()["status"] == "labelled"


def test_where_its_class_is_gone_it_is_said(gone, call, cat, image, save):
    save(image, delete=[str(pk) for pk in image.annotations.values_list("pk", flat=True)])
    cat.delete()
    assert "has been deleted" in call().json()["results"][0]["refusal"]
    answer = back(call, gone["id"])
    assert answer.status_code == 400
    assert "has been deleted" in str(answer.json())


def test_what_was_deleted_long_ago_or_never_is_refused(gone, call, image):
    assert back(call, str(uuid.uuid4())).status_code == 400
    Revision.objects.filter(image=image).update(created_at=timezone.now() - timedelta(days=31))
    assert call().json()["results"] == []
    assert "last 30 days" in str(back(call, gone["id"]).json())


def test_tags_are_no_shapes(free_project, image, save, tag, cat, call):
    given = tag(cat)
    save(image, given)
    save(image, delete=[given["id"]])
    assert call().json()["results"] == []


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"ids": ["x"]}, {"ids": "x"}])
def test_a_bad_body_is_refused(gone, call, body):
    assert call("post", "restore/", body).status_code == 400


def test_only_who_may_label_brings_back(gone, call, viewer, stranger, image, owner):
    assert back(call, gone["id"], by=viewer).status_code == 403
    assert call(by=viewer).status_code == 200
    assert back(call, gone["id"], by=stranger).status_code == 404
    assert call("post", by=owner).status_code == 405


def test_nothing_is_brought_back_in_the_trash(gone, call, image, owner):
    type(image).objects.filter(pk=image.pk).move_to_trash(owner)
    assert back(call, gone["id"]).status_code == 409
