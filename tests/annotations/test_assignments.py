import pytest

from labelapp.annotations.models import Assignment
from labelapp.annotations.models.assignment import shares
from labelapp.images.models import Image
from labelapp.projects.models import AuditEntry, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def images(add_image):
    return [add_image(f"{number}.png") for number in range(7)]


@pytest.fixture
def address(project) -> str:
    return f"/api/projects/{project.pk}/assignments/"


@pytest.fixture
def assign(as_, owner, address, images):
    def post(*people, by=None, **more) -> list[dict]:
        body = {"filters": {}, "people": [each.pk for each in people], **more}
        answer = as_(by or owner).post(address, body, format="json")
        assert answer.status_code == 201, answer.json()
        return answer.json()["results"]

    return post


def of(client, project, assignment) -> list[int]:
    rows = client.get(f"/api/projects/{project.pk}/queue/?assignment={assignment['id']}").json()["results"]
    return [row["id"] for row in rows]


def test_images_are_shared_out_evenly_in_order(as_, reviewer, annotator, owner, project, images, assign):
    one, other = assign(annotator, owner, by=reviewer, note="Only the hands.")
    assert (one["number"], one["assignee"], one["note"]) == (
        1, {"id": annotator.pk, "name": "annotator"}, "Only the hands.",
    )  # fmt: skip
    ids = [image.pk for image in images]
    assert (of(as_(annotator), project, one), of(as_(annotator), project, other)) == (ids[:4], ids[4:])
    entries = AuditEntry.objects.filter(verb="assignment.made").order_by("pk")
    assert [entry.detail for entry in entries] == [
        {"to": "annotator", "images": 4}, {"to": "owner", "images": 3},
    ]  # fmt: skip


def test_each_gets_so_many_and_what_somebody_has_to_do_stays_theirs(as_, annotator, owner, assign, address):
    assert [row["total"] for row in assign(annotator, owner, each=2)] == [2, 2]
    assert [row["total"] for row in assign(owner, annotator, each=2, order="random")] == [2, 1]
    body = {"filters": {}, "people": [annotator.pk]}
    assert as_(owner).post(address, body, format="json").status_code == 409


def test_nobody_without_images_gets_an_assignment():
    assert shares([1, 2], 3, None) == [[1], [2], []]
    assert shares([1, 2], 3, 2) == [[1, 2], [], []]


def test_progress_counts_what_is_labelled_outside_the_trash(as_, annotator, viewer, address, assign, images, owner):
    [row] = assign(annotator)
    Image.objects.filter(pk=images[0].pk).update(status="labelled")
    Image.objects.filter(pk=images[1].pk).update(status="approved")
    Image.objects.filter(pk=images[2].pk).move_to_trash(owner)
    [listed] = as_(viewer).get(address).json()["results"]
    found = as_(viewer).get(f"/api/assignments/{row['id']}/").json()
    assert listed == found
    assert [found[name] for name in ("images", "total", "labelled", "approved")] == [7, 6, 2, 1]


def test_the_assignee_or_a_reviewer_finishes_and_reopens(as_, person, project, annotator, reviewer, viewer, assign):
    colleague = person("colleague")
    Membership.objects.create(project=project, user=colleague, role="annotator")
    [row] = assign(annotator)
    place = f"/api/assignments/{row['id']}/completion/"
    for who, status in ((annotator, 200), (reviewer, 200), (colleague, 403), (viewer, 403)):
        for method in ("put", "put", "delete", "delete"):
            answer = getattr(as_(who), method)(place)
            assert answer.status_code == status, (who.username, method)
            if status == 200:
                assert bool(answer.json()["finished_at"]) == (method == "put")
    assert AuditEntry.objects.filter(verb="assignment.finished").count() == 2


def test_images_of_a_finished_assignment_can_be_assigned_anew(as_, annotator, owner, assign):
    [first] = assign(annotator)
    as_(annotator).put(f"/api/assignments/{first['id']}/completion/")
    [second] = assign(owner)
    assert second["total"] == 7
    first = as_(owner).get(f"/api/assignments/{first['id']}/").json()
    assert (first["images"], first["total"]) == (7, 0)


def test_a_reviewer_gives_an_assignment_to_somebody_else_or_nobody(as_, annotator, reviewer, viewer, stranger, assign):
    [row] = assign(annotator)
    place = f"/api/assignments/{row['id']}/"
    answer = as_(reviewer).patch(place, {"assignee": reviewer.pk, "note": "Now you."}, format="json").json()
    assert (answer["assignee"]["id"], answer["note"]) == (reviewer.pk, "Now you.")
    for wrong in (viewer.pk, stranger.pk, 999_999, "x"):
        assert as_(reviewer).patch(place, {"assignee": wrong}, format="json").status_code == 400
    assert as_(reviewer).patch(place, {"assignee": None}, format="json").json()["assignee"] is None
    assert as_(annotator).patch(place, {"assignee": annotator.pk}, format="json").status_code == 403


@pytest.mark.parametrize("how", ["leaves", "becomes a viewer", "is deactivated"])
def test_what_somebody_had_to_do_is_free_when_they_go(as_, annotator, owner, project, assign, address, how):
    done, open_ = assign(annotator, each=2)[0], assign(annotator, each=3)[0]
    as_(annotator).put(f"/api/assignments/{done['id']}/completion/")
    membership = Membership.objects.get(project=project, user=annotator)
    if how == "leaves":
        membership.end()
    elif how == "becomes a viewer":
        membership.become("viewer")
    else:
        annotator.deactivate(owner)
    rows = {row["id"]: row["assignee"] for row in as_(owner).get(address).json()["results"]}
    assert rows[open_["id"]] is None
    assert rows[done["id"]]["id"] == annotator.pk


def test_deleting_frees_the_images_and_keeps_their_labels(as_, annotator, owner, project, images, assign):
    [row] = assign(annotator)
    Image.objects.filter(pk=images[0].pk).update(status="labelled")
    assert as_(annotator).delete(f"/api/assignments/{row['id']}/").status_code == 403
    assert as_(owner).delete(f"/api/assignments/{row['id']}/").status_code == 204
    counts = as_(owner).get(f"/api/projects/{project.pk}/images/counts/?assignment=none").json()
    assert (counts["total"], counts["assignment"]) == (7, {"none": 7})
    assert AuditEntry.objects.get(verb="assignment.deleted").target == "Assignment 1"


def test_bad_bodies_are_answered_clearly(as_, owner, annotator, viewer, stranger, images, address):
    people = [annotator.pk]
    for body, field in (
        ({"people": people}, "non_field_errors"), ({"filters": {}}, "people"),
        ({"filters": {}, "people": []}, "people"),
        ({"filters": {}, "people": [viewer.pk]}, "people"), ({"filters": {}, "people": [stranger.pk]}, "people"),
        ({"filters": {}, "people": people * 2}, "people"), ({"filters": {}, "people": people, "each": 0}, "each"),
        ({"filters": {}, "people": people, "order": "size"}, "order"),
        ({"filters": {"colour": "red"}, "people": people}, "colour"),
        ({"filters": {}, "people": people, "note": "x" * 201}, "note"),
    ):  # fmt: skip
        answer = as_(owner).post(address, body, format="json")
        assert answer.status_code == 400, body
        assert field in answer.json()["error"]["fields"], (body, answer.json())
    assert as_(owner).post(address, {"filters": {}, "people": people, "expected": 6}, format="json").status_code == 409
    assert not Assignment.objects.exists()


def test_missing_ones_strangers_and_wrong_methods(as_, owner, annotator, stranger, address, assign):
    place = f"/api/assignments/{assign(annotator)[0]['id']}/"
    for path in (address, place):
        assert as_(stranger).get(path).status_code == 404
        assert as_(None).get(path).status_code == 401
    assert as_(annotator).post(address, {}, format="json").status_code == 403
    assert as_(owner).get("/api/assignments/999999/").status_code == 404
    for method, path in (("put", address), ("post", place), ("get", place + "completion/")):
        assert getattr(as_(owner), method)(path).status_code == 405


def test_dividing_takes_few_queries_however_many_images(
    owner, annotator, project, add_image, django_assert_max_num_queries
):
    for number in range(300):
        add_image(f"{number}.png")
    with django_assert_max_num_queries(25):
        Assignment.objects.split(project, owner, project.images.all(), [annotator.pk, owner.pk], None, "name")
