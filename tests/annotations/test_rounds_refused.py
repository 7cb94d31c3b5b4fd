"""Rounds that cannot be, and people who may not."""

import pytest

from labelapp.annotations.models import Round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"people": []}, "people"), ({"people": ["x"]}, "people"), ({}, "people"),
        ({"filters": {"status": "approved"}}, "ids"), ({"filters": None, "ids": None}, ""),
        ({"note": "x" * 201}, "note"),
    ],
)  # fmt: skip
def test_bad_rounds_are_answered_clearly(as_, reviewer, annotator, owner, project, images, body, field):
    whole = {"filters": {}, "people": [annotator.pk, owner.pk], **body}
    sent = {name: value for name, value in whole.items() if value is not None and not (body == {} and name == "people")}
    answer = as_(reviewer).post(f"/api/projects/{project.pk}/rounds/", sent, format="json")
    assert answer.status_code == 400, answer.json()
    assert field in str(answer.json()["error"]["fields"])
    assert not Round.objects.exists()


def test_people_must_be_two_members_who_may_label(as_, reviewer, annotator, viewer, stranger, owner, project, images):
    for people in ([annotator], [annotator, annotator], [annotator, viewer], [annotator, stranger]):
        body = {"filters": {}, "people": [each.pk for each in people]}
        answer = as_(reviewer).post(f"/api/projects/{project.pk}/rounds/", body, format="json")
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["people"])


def test_too_many_copies_are_refused(as_, reviewer, annotator, owner, project, images, monkeypatch):
    monkeypatch.setattr("labelapp.annotations.models.round.MOST_COPIES", 5)
    body = {"filters": {}, "people": [annotator.pk, owner.pk]}
    answer = as_(reviewer).post(f"/api/projects/{project.pk}/rounds/", body, format="json")
    assert "At most 2 images" in str(answer.json()["error"]["fields"])


def test_only_reviewers_start_change_close_and_delete_rounds(start, as_, annotator, owner, viewer, stranger, project):
    round = start(annotator, owner)
    address = f"/api/rounds/{round['id']}/"
    for verb, path in (("patch", ""), ("delete", ""), ("put", "closing/"), ("delete", "closing/")):
        assert getattr(as_(annotator), verb)(f"{address}{path}", {"note": "x"}, format="json").status_code == 403
        assert getattr(as_(stranger), verb)(f"{address}{path}").status_code == 404
    assert as_(annotator).post(f"/api/projects/{project.pk}/rounds/", {}, format="json").status_code == 403
    assert as_(viewer).get(address).status_code == 200
    assert as_(viewer).put(f"{address}completion/").status_code == 403
    assert as_(None).get(address).status_code == 401
    assert as_(owner).patch(address, {"note": "New."}, format="json").json()["note"] == "New."
    assert as_(owner).post(address).status_code == 405
    assert as_(owner).get("/api/rounds/999999/").status_code == 404
