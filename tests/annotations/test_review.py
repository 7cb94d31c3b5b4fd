import uuid

from labelapp.annotations.models import Review


def test_approving_is_noted_with_revision_and_author(as_, reviewer, image, cat, tag, save):
    save(image, tag(cat), status="labelled")
    answer = as_(reviewer).put(f"/api/images/{image.pk}/approval/", {"base_revision": 1}, format="json").json()
    assert (answer["revision"], answer["status"], len(answer["annotations"])) == (2, "approved", 1)
    (review,) = as_(reviewer).get(f"/api/images/{image.pk}/reviews/").json()["results"]
    assert (review["verdict"], review["revision"], review["author"]) == ("approved", 2, "reviewer")


def test_approving_what_was_changed_meanwhile_is_a_conflict(as_, reviewer, image, cat, tag, save):
    save(image, tag(cat), status="labelled")
    answer = as_(reviewer).put(f"/api/images/{image.pk}/approval/", {"base_revision": 0}, format="json")
    assert answer.status_code == 409
    assert not Review.objects.exists()


def test_a_repeated_key_notes_one_review(as_, reviewer, image):
    body = {"key": str(uuid.uuid4())}
    for _time in range(2):
        assert as_(reviewer).put(f"/api/images/{image.pk}/approval/", body, format="json").json()["revision"] == 1
    assert Review.objects.count() == 1


def test_sending_back_keeps_the_comment(as_, reviewer, image):
    body = {"comment": "The left hand is missing."}
    answer = as_(reviewer).put(f"/api/images/{image.pk}/sending-back/", body, format="json")
    assert answer.json()["status"] == "sent_back"
    assert Review.objects.get().comment == body["comment"]


def test_sending_back_again_keeps_both_comments(as_, reviewer, annotator, image):
    address = f"/api/images/{image.pk}/annotations/"
    for revision, comment in enumerate(("The left hand is missing.", "So is the right one.")):
        body = {"key": str(uuid.uuid4()), "base_revision": revision, "status": "sent_back", "comment": comment}
        assert as_(annotator).patch(address, body, format="json").status_code == 403
        assert as_(reviewer).patch(address, body, format="json").json()["revision"] == revision + 1
    as_(reviewer).put(f"/api/images/{image.pk}/sending-back/", {"comment": comment}, format="json")
    reviews = as_(reviewer).get(f"/api/images/{image.pk}/reviews/").json()["results"]
    assert [each["comment"] for each in reviews] == ["So is the right one.", "The left hand is missing."]


def test_a_verdict_is_taken_back(as_, reviewer, image):
    client = as_(reviewer)
    for place in ("approval", "sending-back"):
        client.put(f"/api/images/{image.pk}/{place}/")
        assert client.delete(f"/api/images/{image.pk}/{place}/").json()["status"] == "labelled"
        revision = client.get(f"/api/images/{image.pk}/annotations/").json()["revision"]
        assert client.delete(f"/api/images/{image.pk}/{place}/").json()["revision"] == revision


def test_an_approval_is_taken_back_also_where_a_value_has_become_required_since(as_, owner, reviewer, image, cat, give):
    give(image, cat)
    as_(reviewer).put(f"/api/images/{image.pk}/approval/")
    cat.change(owner, attributes=[{"name": "fur", "type": "text", "required": True}])
    answer = as_(reviewer).delete(f"/api/images/{image.pk}/approval/")
    assert (answer.status_code, answer.json().get("status")) == (200, "labelled")
    assert as_(reviewer).put(f"/api/images/{image.pk}/approval/").status_code == 400
