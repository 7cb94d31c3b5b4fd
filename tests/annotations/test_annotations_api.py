import uuid
from datetime import UTC, datetime

import pytest

from labelapp.annotations.models import Annotation


@pytest.fixture
def patch(as_, owner, image):
    def send(*upsert, by=None, headers=None, **body):
        body = {"base_revision": image.revision, "key": str(uuid.uuid4()), "upsert": list(upsert)} | body
        answer = as_(by or owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json", headers=headers)
        image.refresh_from_db()
        return answer

    return send


def test_what_was_sent_is_what_is_there(as_, viewer, image, cat, tag, patch):
    given = tag(cat, attributes={"angry": True})
    answer = patch(given)
    assert answer.status_code == 200
    assert (answer.json()["revision"], answer.json()["status"]) == (1, "in_progress")
    (row,) = answer.json()["annotations"]
    expected = given | {"attributes": {"angry": True}, "source": "manual", "score": None}
    assert {key: row[key] for key in expected} == expected
    seen = as_(viewer).get(f"/api/images/{image.pk}/annotations/").json()
    assert seen.pop("suggestions") == []
    assert seen == answer.json()


@pytest.mark.parametrize("microsecond", [0, 120_000, 123_456])
def test_moments_are_told_with_all_their_digits(as_, viewer, image, cat, tag, patch, microsecond):
    patch(tag(cat))
    moment = datetime(2026, 1, 2, 3, 4, 5, microsecond, tzinfo=UTC)
    Annotation.objects.update(created_at=moment, updated_at=moment)
    seen = as_(viewer).get(f"/api/images/{image.pk}/annotations/").json()["annotations"]
    assert seen == Annotation.objects.all().rows()
    assert seen[0]["created_at"] == f"2026-01-02T03:04:05.{microsecond:06}Z"


def test_the_same_key_gets_the_same_answer(image, cat, tag, patch):
    key = str(uuid.uuid4())
    first = patch(tag(cat), key=key)
    assert patch(key=key, base_revision=0).json() == first.json()


def test_whoever_prefers_it_is_told_only_what_was_stored(free_project, cat, box, patch):
    first, second, key = box(cat), box(cat), str(uuid.uuid4())
    patch(first)
    told = patch(second, delete=[first["id"]], key=key, headers={"Prefer": "return=minimal"})
    assert told["Preference-Applied"] == "return=minimal"
    assert [row["id"] for row in told.json()["annotations"]] == [second["id"]]
    assert (told.json()["revision"], told.json()["status"]) == (2, "in_progress")
    patch(box(cat))
    again = patch(second, key=key, headers={"Prefer": "return=minimal"})
    assert again.json() == told.json()


def test_a_stale_base_gets_the_changes_since(annotator, cat, tag, patch):
    given = tag(cat)
    patch(given, status="labelled")
    answer = patch(by=annotator, base_revision=0)
    assert answer.status_code == 409
    body = answer.json()
    assert (body["error"]["code"], body["revision"]) == ("stale", 1)
    (change,) = body["changes"]
    assert set(change) == {"revision", "key", "author", "upsert", "delete", "status", "created_at"}
    assert change["upsert"][0]["id"] == given["id"]


def test_an_annotator_may_not_approve(annotator, reviewer, patch):
    assert patch(by=annotator, status="approved").status_code == 403
    assert patch(by=reviewer, status="approved").json()["status"] == "approved"


def test_a_bad_shape_is_named_by_index_and_field(free_project, cat, box, patch):
    answer = patch(box(cat), box(cat, x=500))
    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]["upsert"]["1"]) == ["geometry.box"]
    assert "outside the image" in answer.json()["error"]["message"]


def test_a_polygon_may_become_a_mask_and_a_mask_that_cannot_be_stored_is_refused_with_a_reason(
    free_project, image, cat, box, patch
):
    sent = box(cat)
    assert patch(sent).status_code == 200
    height, width = image.height, image.width
    mask = sent | {"shape": "mask", "geometry": {"size": [height, width], "counts": [5, 3, height * width - 8]}}
    assert patch(mask).json()["annotations"][0]["geometry"] == mask["geometry"]
    for geometry, reason in (
        ({"size": [width + 1, height], "counts": [0, height * width]}, "covers the whole image"),
        ({"size": [height, width], "counts": [5, 3]}, f"sum up to height x width = {height * width}"),
        ({"size": [height, width], "counts": [-5, height * width + 5]}, "0 or greater"),
        ({"size": [height, width], "counts": [0] * (height * width + 2)}, "more than the image has pixels"),
        ({"size": [height, width], "counts": [height * width]}, "empty"),
    ):
        answer = patch(mask | {"geometry": geometry})
        assert (answer.status_code, reason in answer.json()["error"]["message"]) == (400, True), answer.json()
    assert image.revision == 2


def test_numbers_that_are_none_are_refused(as_, owner, image, cat):
    row = f'{{"id": "{uuid.uuid4()}", "class": {cat.pk}, "shape": "box", "geometry": {{"box": [NaN, 0, 1, 1]}}}}'
    body = f'{{"base_revision": 0, "key": "{uuid.uuid4()}", "upsert": [{row}]}}'
    path = f"/api/images/{image.pk}/annotations/"
    assert as_(owner).patch(path, body, content_type="application/json").status_code == 400


def test_revisions_are_listed_newest_first_and_can_be_looked_at(as_, viewer, image, cat, dog, tag, patch):
    first = tag(cat)
    patch(first)
    patch(tag(dog), delete=[first["id"]])
    client = as_(viewer)
    listed = client.get(f"/api/images/{image.pk}/revisions/").json()["results"]
    assert [each["revision"] for each in listed] == [2, 1]
    then = client.get(f"/api/images/{image.pk}/revisions/1/").json()
    assert (then["revision"], [row["class"] for row in then["annotations"]]) == (1, [cat.pk])
    assert client.get(f"/api/images/{image.pk}/revisions/9/").status_code == 404


def test_a_restored_revision_is_a_new_one(as_, owner, image, cat, dog, tag, patch):
    first = tag(cat)
    before = patch(first, status="labelled").json()
    patch(tag(dog), delete=[first["id"]])
    restored = as_(owner).post(f"/api/images/{image.pk}/revisions/1/restore/").json()
    assert restored == before | {"revision": 3}
    assert as_(owner).post(f"/api/images/{image.pk}/revisions/0/restore/").json()["annotations"] == []
    assert as_(owner).post(f"/api/images/{image.pk}/revisions/9/restore/").status_code == 404


def test_shapes_are_told_in_the_order_in_which_they_were_made_as_a_save_tells_them(as_, owner, image, cat, box, patch):
    for number in range(5):
        answer = patch(*(box(cat, number, each) for each in range(3)))
    told = as_(owner).get(f"/api/images/{image.pk}/annotations/").json()
    assert told["annotations"] == answer.json()["annotations"]
    assert len(told["annotations"]) == 15
