import uuid

import pytest

from labelapp.annotations.models import Comment, Revision
from labelapp.projects.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(image) -> str:
    return f"/api/images/{image.pk}/comments/"


@pytest.fixture
def say(as_, address):
    def post(user, text="Look here.", **more) -> dict:
        answer = as_(user).post(address, {"text": text, **more}, format="json")
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return post


def test_a_comment_is_pinned_to_a_place_and_members_read_it(as_, annotator, viewer, stranger, address, say):
    made = say(annotator, "The left hand is missing.", place=[10, 20.5])
    [thread] = as_(viewer).get(address).json()["results"]
    assert thread == made
    assert (thread["number"], thread["place"], thread["annotation"]) == (1, [10, 20.5], None)
    assert thread["author"] == {"id": annotator.pk, "name": "annotator"}
    assert (thread["answers"], thread["resolved_at"], thread["edited_at"]) == ([], None, None)
    assert as_(viewer).post(address, {"text": "I too"}, format="json").status_code == 403
    assert as_(stranger).get(address).status_code == 404
    assert as_(None).get(address).status_code == 401


def test_a_comment_on_a_shape_outlives_the_shape(as_, owner, free_project, image, cat, box, save, say, address):
    shape = box(cat)
    save(image, shape)
    say(owner, annotation=shape["id"], place=[5, 6])
    Revision.objects.apply(image, owner, key=uuid.uuid4(), delete=[shape["id"]])
    [thread] = as_(owner).get(address).json()["results"]
    assert (thread["annotation"], thread["place"]) == (shape["id"], [5, 6])


def test_answers_stand_in_their_thread_and_open_it_again(as_, annotator, reviewer, address, say):
    first = say(reviewer, place=[1, 1])
    as_(reviewer).put(f"/api/comments/{first['id']}/resolution/")
    assert say(annotator, "Is it?", thread=first["id"])["resolved_at"] is None
    thread = say(reviewer, "Yes.", thread=first["id"])
    assert [(each["text"], each["author"]["name"]) for each in thread["answers"]] == [
        ("Is it?", "annotator"), ("Yes.", "reviewer"),
    ]  # fmt: skip
    assert [each["id"] for each in as_(annotator).get(address).json()["results"]] == [first["id"]]


def test_numbers_of_an_image_go_up(as_, annotator, say):
    first, second = say(annotator), say(annotator)
    as_(annotator).delete(f"/api/comments/{first['id']}/")
    assert (second["number"], say(annotator)["number"]) == (2, 3)


def test_only_who_wrote_it_changes_a_comment(as_, annotator, reviewer, owner, viewer, say):
    place = f"/api/comments/{say(annotator)['id']}/"
    for other in (viewer, reviewer, owner):
        assert as_(other).patch(place, {"text": "No."}, format="json").status_code == 403
    answer = as_(annotator).patch(place, {"text": "There."}, format="json").json()
    assert answer["text"] == "There."
    assert answer["edited_at"]
    assert as_(annotator).patch(place, {"text": " "}, format="json").status_code == 400


def test_ones_own_comment_goes_unless_others_have_answered_and_an_owner_deletes_any(
    as_, annotator, reviewer, owner, say
):
    alone, talk = say(annotator), say(annotator)
    say(annotator, "I mean it.", thread=alone["id"])
    say(reviewer, "Right.", thread=talk["id"])
    assert as_(reviewer).delete(f"/api/comments/{alone['id']}/").status_code == 403
    assert as_(annotator).delete(f"/api/comments/{alone['id']}/").status_code == 204
    assert as_(annotator).delete(f"/api/comments/{talk['id']}/").status_code == 409
    assert as_(owner).delete(f"/api/comments/{talk['id']}/").status_code == 204
    assert not Comment.objects.exists()
    entry = AuditEntry.objects.get(verb="comment.deleted")
    assert (entry.actor, entry.target, entry.detail) == (owner, "a.png", {"author": "annotator"})


def test_its_author_or_a_reviewer_resolves_and_reopens(as_, annotator, reviewer, owner, viewer, say):
    mine, theirs = say(annotator), say(reviewer)
    for person, thread, status in (
        (annotator, mine, 200), (annotator, theirs, 403), (reviewer, mine, 200), (owner, theirs, 200),
        (viewer, mine, 403),
    ):  # fmt: skip
        for method in ("put", "put", "delete", "delete"):
            answer = getattr(as_(person), method)(f"/api/comments/{thread['id']}/resolution/")
            assert answer.status_code == status, (person.username, method)
            if status == 200:
                by = {"id": person.pk, "name": person.username} if method == "put" else None
                assert answer.json()["resolved_by"] == by


def test_an_answer_has_no_resolution_of_its_own(as_, annotator, say):
    thread = say(annotator)
    answer = say(annotator, "And there.", thread=thread["id"])["answers"][0]
    assert as_(annotator).put(f"/api/comments/{answer['id']}/resolution/").status_code == 400


def test_bad_bodies_are_answered_clearly(as_, annotator, add_image, image, address, say):
    elsewhere = Comment.objects.say(add_image("b.png"), annotator, "There.").pk
    thread = say(annotator)["id"]
    for body, field in (
        ({}, "text"), ({"text": ""}, "text"), ({"text": "x" * 10_001}, "text"), ({"text": "x", "place": 3}, "place"),
        ({"text": "x", "place": [1]}, "place"), ({"text": "x", "place": [1, 81]}, "place"),
        ({"text": "x", "place": ["nan", 1]}, "place"), ({"text": "x", "annotation": "box"}, "annotation"),
        ({"text": "x", "annotation": str(uuid.uuid4())}, "annotation"), ({"text": "x", "thread": elsewhere}, "thread"),
        ({"text": "x", "thread": 0}, "thread"), ({"text": "x", "thread": thread, "place": [1, 1]}, "place"),
    ):  # fmt: skip
        answer = as_(annotator).post(address, body, format="json")
        assert answer.status_code == 400, body
        assert field in answer.json()["error"]["fields"], body
    assert image.comments.count() == 1


def test_missing_ones_wrong_methods_and_the_trash(as_, annotator, stranger, image, address, say):
    pk = say(annotator)["id"]
    assert as_(stranger).delete(f"/api/comments/{pk}/").status_code == 404
    assert as_(annotator).delete("/api/comments/999999/").status_code == 404
    assert as_(annotator).put("/api/comments/999999/resolution/").status_code == 404
    assert as_(annotator).get("/api/images/999999/comments/").status_code == 404
    for method, path in (
        ("put", address),
        ("get", f"/api/comments/{pk}/"),
        ("post", f"/api/comments/{pk}/resolution/"),
    ):
        assert getattr(as_(annotator), method)(path).status_code == 405
    type(image).objects.filter(pk=image.pk).move_to_trash(annotator)
    assert as_(annotator).post(address, {"text": "x"}, format="json").status_code == 409


def test_images_with_open_comments_are_found_and_counted(as_, annotator, project, add_image):
    quiet, settled, asked = (add_image(name) for name in ("quiet.png", "settled.png", "asked.png"))
    for image in (settled, asked, asked):
        Comment.objects.say(image, annotator, "Look here.")
    settled.comments.get().resolve(annotator)
    client, base = as_(annotator), f"/api/projects/{project.pk}"
    for state, image in (("open", asked), ("resolved", settled), ("none", quiet)):
        for place in ("images", "queue"):
            found = client.get(f"{base}/{place}/?comments={state}").json()["results"]
            assert [each["id"] for each in found] == [image.pk], (state, place)
    counts = client.get(f"{base}/images/counts/?comments=open").json()
    assert (counts["total"], counts["comments"]) == (1, {"none": 1, "resolved": 1, "open": 1})
    assert client.get(f"{base}/images/?comments=loud").status_code == 400
