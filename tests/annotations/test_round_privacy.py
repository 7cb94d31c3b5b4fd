"""What somebody labels in a round is theirs alone, until a reviewer may read it."""

import uuid

import pytest

from labelapp.annotations import labelling_stream
from labelapp.annotations.models import Comment, Revision, Round, Suggestion
from labelapp.images.models import Image

pytestmark = pytest.mark.django_db
READ = [
    "", "annotations/", "revisions/", "revisions/1/", "history/", "deleted-shapes/", "comments/", "suggestions/",
    "reviews/", "file/", "thumbnail/", "display/", "tiles/", "tiles/0/0/0/",
]  # fmt: skip


@pytest.fixture
def round(project, reviewer, annotator, owner, add_image) -> Round:
    project.kind = "any"
    project.save()
    add_image()
    return Round.objects.start(project, reviewer, project.images.all(), [annotator.pk, owner.pk, reviewer.pk])


@pytest.fixture
def copy(round, annotator, cat, box) -> Image:
    copy = Image.everything.get(copied__seat__person=annotator)
    Revision.objects.apply(copy, annotator, key=uuid.uuid4(), upsert=[box(cat)], status="labelled")
    Comment.objects.say(copy, annotator, "Not sure.")
    return copy


@pytest.mark.parametrize("path", READ)
def test_nobody_else_reads_a_copy_open_or_closed(copy, round, as_, owner, reviewer, viewer, stranger, path):
    for _each in range(2):
        for person in (owner, reviewer, viewer, stranger):
            assert as_(person).get(f"/api/images/{copy.pk}/{path}").status_code == 404
        round.close(reviewer)


def test_nobody_else_changes_a_copy(copy, as_, owner, reviewer, box):
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "upsert": []}
    for person in (owner, reviewer):
        client, address = as_(person), f"/api/images/{copy.pk}/"
        assert client.patch(f"{address}annotations/", body, format="json").status_code == 404
        assert client.post(f"{address}assist/", {"tool": "grabcut", "input": {}}, format="json").status_code == 404
        assert client.post(f"{address}suggestions/", {}, format="json").status_code == 404
        assert client.delete(address).status_code == 404
        assert client.put(f"{address}trash/").status_code == 404
        assert client.put(f"{address}approval/").status_code == 404
        assert client.post(f"{address}comments/", {"text": "x"}, format="json").status_code == 404
        assert client.put(f"{address}presence/{uuid.uuid4()}/").status_code == 404


def test_its_own_person_can_neither_delete_nor_judge_it(copy, as_, annotator, reviewer):
    mine = Image.everything.get(copied__seat__person=reviewer)
    client, address = as_(reviewer), f"/api/images/{mine.pk}/"
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "status": "approved"}
    assert client.patch(f"{address}annotations/", body, format="json").status_code == 409
    assert client.delete(address).status_code == 404
    assert as_(annotator).put(f"/api/images/{copy.pk}/sending-back/").status_code == 404


def test_smart_tools_and_their_suggestions_are_its_persons(copy, as_, annotator, owner, cat):
    Revision.objects.apply(copy, annotator, key=uuid.uuid4(), status="in_progress")
    suggestion = Suggestion.objects.create(image=copy, label_class=cat, shape="tag", score=0.5, tool="template")
    address = f"/api/images/{copy.pk}/"
    assert as_(annotator).post(f"{address}assist/", {}, format="json").status_code == 400
    assert len(as_(annotator).get(f"{address}suggestions/").json()["results"]) == 1
    body = {"base_revision": 2, "key": str(uuid.uuid4())}
    accept = f"/api/suggestions/{suggestion.pk}/acceptance/"
    assert as_(owner).put(accept, body, format="json").status_code == 404
    assert as_(annotator).put(accept, body, format="json").json()["revision"] == 3


def test_a_comment_in_a_round_is_not_found_by_others(copy, as_, annotator, owner):
    comment = Comment.objects.get()
    assert as_(owner).delete(f"/api/comments/{comment.pk}/").status_code == 404
    assert as_(annotator).patch(f"/api/comments/{comment.pk}/", {"text": "Sure."}, format="json").status_code == 200
    assert len(as_(annotator).get(f"/api/images/{copy.pk}/comments/").json()["results"]) == 1


def test_nobody_hears_of_what_is_saved_or_looked_at(copy, as_, annotator, monkeypatch, cat, box):
    told = []
    monkeypatch.setattr(labelling_stream, "publish", lambda project, events: told.append(events))
    as_(annotator).put(f"/api/images/{copy.pk}/presence/{uuid.uuid4()}/")
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "upsert": [box(cat)]}
    as_(annotator).patch(f"/api/images/{copy.pk}/annotations/", body, format="json")
    assert told == []


def test_the_queue_and_the_pages_of_a_round_are_its_persons(
    copy, round, as_, client, project, annotator, viewer, owner
):
    assert as_(viewer).get(f"/api/projects/{project.pk}/queue/?round={round.pk}").status_code == 404
    pages = [
        f"/projects/{project.pk}/label/?round={round.pk}", f"/projects/{project.pk}/images/{copy.pk}/revisions/",
    ]  # fmt: skip
    for page in pages:
        client.force_login(annotator)
        assert client.get(page).status_code == 200
        client.force_login(viewer)
        assert client.get(page).status_code == 404
    client.force_login(owner)
    assert client.get(pages[1]).status_code == 404


def test_a_reviewer_reads_what_was_labelled_only_once_the_round_is_closed(copy, round, as_, reviewer, annotator, owner):
    image = copy.copy_of_id
    paths = ["agreement/", "images/", f"images/{image}/"]
    for path in paths:
        assert as_(reviewer).get(f"/api/rounds/{round.pk}/{path}").status_code == 409
        assert as_(annotator).get(f"/api/rounds/{round.pk}/{path}").status_code == 403
    round.close(reviewer)
    for path in paths:
        assert as_(owner).get(f"/api/rounds/{round.pk}/{path}").status_code == 200
        assert as_(annotator).get(f"/api/rounds/{round.pk}/{path}").status_code == 403
    parts = as_(reviewer).get(f"/api/rounds/{round.pk}/images/{image}/").json()["parts"]
    assert [(each["person"]["name"], len(each["annotations"]), each["comments"]) for each in parts] == [
        ("annotator", 1, ["Not sure."]), ("owner", 0, []), ("reviewer", 0, []),
    ]  # fmt: skip
    round.reopen(reviewer)
    assert as_(reviewer).get(f"/api/rounds/{round.pk}/images/{image}/").status_code == 409
