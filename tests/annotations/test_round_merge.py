"""How far the people of a round agree, and what becomes of their labels."""

import uuid

import pytest

from labelapp.annotations.models import Agreement, Merged, Revision, Round, RoundMerge
from labelapp.images.models import Image
from labelapp.projects.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def images(free_project, add_image):
    return [add_image(f"{number}.png") for number in range(2)]


@pytest.fixture
def round(project, reviewer, annotator, owner, images) -> Round:
    return Round.objects.start(project, reviewer, project.images.all(), [annotator.pk, owner.pk])


@pytest.fixture
def label(round):
    def save(person, image, *rows, status="labelled"):
        copy = Image.everything.get(copied__seat__person=person, copy_of=image)
        Revision.objects.apply(copy, person, key=uuid.uuid4(), upsert=list(rows), status=status)

    return save


@pytest.fixture
def closed(round, label, annotator, owner, reviewer, images, cat, dog, box, tag):
    """Both agree on the first image, and on one of two shapes of the second."""
    label(annotator, images[0], box(cat, w=40.0), tag(dog))
    label(owner, images[0], box(cat, w=41.0), tag(dog))
    label(annotator, images[1], box(cat, source="auto", score=0.5), box(cat, x=60.0, w=20.0))
    label(owner, images[1], box(cat), box(dog, x=60.0, w=20.0))
    round.close(reviewer)
    Agreement.objects.get().perform()
    return round


def test_closing_a_round_works_out_its_agreement(closed, as_, reviewer, annotator, owner, cat, dog):
    answer = as_(reviewer).get(f"/api/rounds/{closed.pk}/agreement/").json()
    assert (answer["status"], answer["progress"]) == ("completed", 1.0)
    (pair,) = answer["figures"]["pairs"]
    assert (pair["first"], pair["second"], pair["images"]) == (annotator.pk, owner.pk, 2)
    assert (pair["matched"], pair["same_class"], pair["alone_first"]) == (3, 2, 0)
    assert answer["figures"]["agreement"] == pytest.approx(6 / 8)
    assert {each["class"]: each["agreement"] for each in answer["figures"]["classes"]} == {
        cat.pk: pytest.approx(4 / 5), dog.pk: pytest.approx(2 / 3),
    }  # fmt: skip


def test_images_come_with_the_least_agreement_first(closed, as_, reviewer, images):
    rows = as_(reviewer).get(f"/api/rounds/{closed.pk}/images/").json()["results"]
    assert [(row["id"], row["score"], row["people"], row["changed"]) for row in rows] == [
        (images[1].pk, 0.5, 2, False), (images[0].pk, 1.0, 2, False),
    ]  # fmt: skip


def test_what_nobody_finished_is_left_out(round, label, annotator, owner, reviewer, images, cat, box, as_):
    label(annotator, images[0], box(cat))
    label(owner, images[0], box(cat), status="in_progress")
    round.close(reviewer)
    Agreement.objects.get().perform()
    rows = as_(reviewer).get(f"/api/rounds/{round.pk}/images/").json()["results"]
    assert [(row["score"], row["people"]) for row in rows] == [(None, 1), (None, 0)]


def test_a_reviewer_takes_shapes_over_as_one_revision(closed, as_, reviewer, images, save, cat, box):
    there = box(cat, x=5.0)
    save(images[1], there)
    address = f"/api/rounds/{closed.pk}/images/{images[1].pk}/"
    row = as_(reviewer).get(address).json()
    take = [row["proposal"][0], row["parts"][1]["annotations"][1]["id"]]
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "take": take, "status": "approved"}
    answer = as_(reviewer).post(f"{address}merge/", body, format="json").json()
    assert (answer["revision"], answer["status"]) == (2, "approved")
    assert sorted(each["source"] for each in answer["annotations"]) == ["auto", "manual"]
    assert {each["created_by"] for each in answer["annotations"]} == {reviewer.pk}
    assert there["id"] not in {each["id"] for each in answer["annotations"]}
    again = as_(reviewer).post(f"{address}merge/", body, format="json").json()
    assert again["revision"] == 2
    history = as_(reviewer).get(f"/api/images/{images[1].pk}/history/").json()["results"]
    assert history[0]["occasion"] == "Merged from round 1"
    done = as_(reviewer).get(f"/api/projects/{images[1].project_id}/throughput/").json()["results"]
    assert {row["person"]: row["drawn"] for row in done}[reviewer.pk] == 0  # what others drew is theirs
    closed.discard()
    assert Merged.objects.count() == 1
    assert len(as_(reviewer).get(f"/api/images/{images[1].pk}/annotations/").json()["annotations"]) == 2


def test_what_is_on_the_image_can_stay(closed, as_, reviewer, images, save, cat, dog, box, tag):
    there, own = box(cat, x=5.0), tag(dog)
    save(images[0], there, own)
    address = f"/api/rounds/{closed.pk}/images/{images[0].pk}/"
    row = as_(reviewer).get(address).json()
    take = [there["id"], own["id"], *row["proposal"]]
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "take": take}
    answer = as_(reviewer).post(f"{address}merge/", body, format="json").json()
    assert answer["status"] == "labelled"
    assert sorted(each["shape"] for each in answer["annotations"]) == ["box", "box", "tag"]
    assert {there["id"], own["id"]} <= {each["id"] for each in answer["annotations"]}


def test_a_merge_onto_what_has_changed_meanwhile_is_refused(closed, as_, reviewer, images, save, cat, box):
    save(images[0], box(cat))
    address = f"/api/rounds/{closed.pk}/images/{images[0].pk}/merge/"
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "take": []}
    assert as_(reviewer).post(address, body, format="json").status_code == 409
    assert not Merged.objects.exists()


@pytest.mark.parametrize(
    "body", [{}, {"take": ["x"]}, {"take": [str(uuid.uuid4())]}, {"status": "new"}, {"base_revision": -1}, {"key": "x"}]
)
def test_bad_merges_are_answered_clearly(closed, as_, reviewer, images, body):
    whole = {"base_revision": 0, "key": str(uuid.uuid4()), "take": [], **body} if body else {}
    answer = as_(reviewer).post(f"/api/rounds/{closed.pk}/images/{images[0].pk}/merge/", whole, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
    assert Image.objects.get(pk=images[0].pk).revision == 0


def test_all_on_which_people_agree_are_merged_by_a_job(closed, as_, reviewer, images, project):
    address = f"/api/rounds/{closed.pk}/merges/"
    answer = as_(reviewer).post(address, {"least": 0.9, "status": "approved"}, format="json")
    assert answer.status_code == 202
    job = RoundMerge.objects.get()
    job.perform()
    listed = as_(reviewer).get(address).json()["results"][0]
    assert (listed["status"], listed["merged"], listed["passed_over"], listed["left"]) == ("completed", 1, 0, [])
    first, second = (Image.objects.get(pk=image.pk) for image in images)
    assert (first.status, second.status) == ("approved", "new")
    assert sorted(first.annotations.values_list("shape", flat=True)) == ["box", "tag"]
    entry = AuditEntry.objects.get(verb="round.merged")
    assert entry.detail == {"images": 1}


def test_a_job_leaves_what_somebody_has_labelled_meanwhile(closed, reviewer, images, save, cat, box):
    save(images[0], box(cat))
    job = RoundMerge(project=closed.project, round=closed, created_by=reviewer, least=0.9, result="labelled").begin()
    job.perform()
    job.refresh_from_db()
    assert (job.merged, job.passed_over) == (0, 1)
    assert job.left[0][:2] == [images[0].pk, "0.png"]
    assert "since the round began" in job.left[0][2]


def test_a_job_that_is_done_again_merges_nothing_twice(closed, reviewer, images):
    for _each in range(2):
        job = RoundMerge(
            project=closed.project, round=closed, created_by=reviewer, least=0.0, result="labelled"
        ).begin()
        job.perform()
    assert [Image.objects.get(pk=image.pk).revision for image in images] == [1, 1]


def test_reopening_forgets_the_figures(closed, reviewer, as_):
    merge_all = RoundMerge(project=closed.project, round=closed, created_by=reviewer, least=0.0, result="labelled")
    merge_all.begin().perform()
    closed.reopen(reviewer)
    assert not Agreement.objects.exists()
    assert set(closed.chosen.values_list("score", "people")) == {(None, 0)}
    closed.close(reviewer)
    Agreement.objects.get().perform()
    assert closed.chosen.filter(score=None).count() == 0
    assert closed.chosen.filter(merged_at=None).count() == 2
    again = RoundMerge(project=closed.project, round=closed, created_by=reviewer, least=0.0, result="approved").begin()
    again.perform()
    assert set(Image.objects.values_list("status", flat=True)) == {"approved"}


def test_the_agreement_is_worked_out_anew_when_asked(closed, as_, reviewer, annotator):
    address = f"/api/rounds/{closed.pk}/agreement/"
    first, second = (as_(reviewer).post(address) for _each in range(2))
    assert (first.status_code, first.json()["id"]) == (202, second.json()["id"])
    assert as_(annotator).post(address).status_code == 403
    pk = first.json()["id"]
    assert as_(reviewer).post(f"/api/agreements/{pk}/cancel/").json()["status"] == "cancelled"
    assert as_(reviewer).post(f"/api/agreements/{pk}/retry/").json()["status"] == "queued"
    assert as_(annotator).get(f"/api/agreements/{pk}/").status_code == 403


def test_merging_is_for_reviewers_and_closed_rounds(round, closed, as_, annotator, stranger, reviewer, images):
    address = f"/api/rounds/{closed.pk}/"
    for path in ("merges/", f"images/{images[0].pk}/merge/"):
        assert as_(annotator).post(f"{address}{path}", {}, format="json").status_code == 403
        assert as_(stranger).post(f"{address}{path}", {}, format="json").status_code == 404
    assert as_(reviewer).get(f"{address}images/999999/").status_code == 404
    assert as_(reviewer).post(f"{address}merges/", {"least": 2}, format="json").status_code == 400
    closed.reopen(reviewer)
    assert as_(reviewer).post(f"{address}merges/", {"least": 0.5}, format="json").status_code == 409


def test_groups_of_two_people_do_not_become_one(round, label, annotator, owner, reviewer, images, save, cat, box, as_):
    kept = box(cat, x=2.0, group=4)
    save(images[0], kept)
    for person in (annotator, owner):
        label(person, images[0], box(cat, group=1), box(cat, x=50.0, group=1, occluded=True, z_order=3))
    round.close(reviewer)
    address = f"/api/rounds/{round.pk}/images/{images[0].pk}/"
    parts = as_(reviewer).get(address).json()["parts"]
    take = [kept["id"], *(each["id"] for part in parts for each in part["annotations"])]
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "take": take}
    merged = as_(reviewer).post(f"{address}merge/", body, format="json").json()["annotations"]
    assert sorted(each["group"] for each in merged) == [4, 5, 5, 6, 6]
    assert sorted(each["z_order"] for each in merged if each["occluded"]) == [3, 3]
