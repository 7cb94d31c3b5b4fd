"""Many images get one class, and it is taken back: few at once, many by a worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.annotations.models import Annotation, Labelling, Proposed, Revision, Suggestion, bulk
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image, many_images
from labelapp.projects import work
from labelapp.projects.models import AuditEntry


@pytest.fixture
def by_a_worker(monkeypatch):
    monkeypatch.setattr(many_images, "AT_ONCE", 0)
    monkeypatch.setattr(bulk, "IMAGES_PER_TRANSACTION", 1)


@pytest.fixture
def images(add_image):
    return [add_image(f"{number}.png") for number in range(3)]


@pytest.fixture
def give(as_, owner, project):
    def post(label_class, who=owner, **body):
        body = {"class": label_class.pk, "filters": {}} | body
        return as_(who).post(f"/api/projects/{project.pk}/annotations/bulk/", body, format="json")

    return post


def noted(verb: str) -> list[int]:
    return [each.detail["images"] for each in AuditEntry.objects.filter(verb=verb).order_by("id")]


def test_few_have_the_class_when_the_answer_comes_and_lose_it_again(as_, owner, project, give, images, cat):
    answer = give(cat)
    assert (answer.status_code, answer.json()["changed"], answer.json()["unchanged"]) == (200, 3, 0)
    assert work.newest(project, 10) == []
    undone = as_(owner).delete(answer.json()["undo"])
    assert (undone.status_code, undone.json()["changed"]) == (200, 3)
    assert not Annotation.objects.exists()
    assert (noted("image.tagged"), noted("image.undone")) == ([3], [3])


def test_many_are_left_to_a_worker_and_so_is_their_undoing(by_a_worker, as_, owner, project, give, images, cat):
    answer = give(cat)
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    (row,) = work.newest(project, 10)
    assert row.title == "Labelling 3 images as cat"
    assert as_(owner).delete(answer.json()["undo"]).status_code == 409, "it would go on behind its undoing"
    row.perform()
    found = as_(owner).get(f"/api/labellings/{row.pk}/").json()
    assert (found["status"], found["changed"], found["progress"]) == ("completed", 3, 1.0)
    undoing = as_(owner).delete(found["undo"])
    assert undoing.status_code == 202
    Labelling.objects.get(pk=undoing.json()["id"]).perform()
    assert not Annotation.objects.exists()
    assert set(Image.objects.values_list("status", flat=True)) == {"new"}


def test_the_list_of_long_work_offers_to_undo_it_once(by_a_worker, as_, owner, project, stranger, give, images, cat):
    def offered(who=owner) -> list[str | None]:
        return [each["undo"] for each in as_(who).get(f"/api/projects/{project.pk}/jobs/").json()["results"]]

    give(cat)
    assert offered() == [None], "it has not ended"
    (row,) = work.newest(project, 10)
    row.perform()
    (address,) = offered()
    project.memberships.create(user=stranger, role="viewer")
    assert offered(stranger) == [None]
    undoing = Labelling.objects.get(pk=as_(owner).delete(address).json()["id"])
    assert offered() == [None, None]
    undoing.cancel()
    assert set(offered()) == {None, address}, "it was not undone after all"


def test_what_is_suggested_for_many_images_is_accepted_by_a_worker(by_a_worker, as_, owner, project, images, cat):
    Suggestion.objects.propose(1, [ImagePrediction(each.pk, 0.1, [Proposed(cat.pk, 0.9)]) for each in images])
    path = f"/api/projects/{project.pk}/suggestions/acceptance/"
    answer = as_(owner).post(path, {"threshold": 0.5}, format="json")
    assert (answer.status_code, answer.json()["images"]) == (202, 3)
    (row,) = work.newest(project, 10)
    assert row.title == "Accepting what is suggested for 3 images"
    row.perform()
    assert (row.changed, Annotation.objects.count()) == (3, 3)
    Labelling.objects.get(pk=as_(owner).delete(row.address_of_change).json()["id"]).perform()
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"open"}
    assert (noted("suggestion.accepted"), noted("image.undone")) == ([3], [3])


def test_one_that_was_killed_goes_on_and_the_log_is_right_at_any_moment(by_a_worker, give, images, cat, monkeypatch):
    job = Labelling.objects.get(pk=give(cat).json()["id"])
    count = Labelling.count

    def killed_later(self, tally, changed, unchanged):
        if self.changed == 2:
            raise SystemExit
        count(self, tally, changed, unchanged)

    with monkeypatch.context() as patched:
        patched.setattr(Labelling, "count", killed_later)
        with pytest.raises(SystemExit):
            job.perform()
    assert (Revision.objects.count(), noted("image.tagged")) == (2, [2])
    Labelling.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    Labelling.objects.get().rescue()
    Labelling.objects.get().perform()
    job.refresh_from_db()
    assert (job.status, job.changed, job.unchanged) == ("completed", 3, 0)
    assert set(Revision.objects.values_list("key", flat=True)) == {job.key}
    assert noted("image.tagged") == [2, 1]


def test_what_a_cancelled_one_has_done_can_be_undone(by_a_worker, as_, owner, give, images, cat, monkeypatch):
    job = Labelling.objects.get(pk=give(cat).json()["id"])
    count = Labelling.count

    def and_then_cancel(self, tally, changed, unchanged):
        count(self, tally, changed, unchanged)
        Labelling.objects.get().cancel()

    with monkeypatch.context() as patched:
        patched.setattr(Labelling, "count", and_then_cancel)
        job.perform()
    job.refresh_from_db()
    assert (job.status, job.changed, Annotation.objects.count()) == ("cancelled", 1, 1)
    undoing = as_(owner).delete(f"/api/projects/{job.project_id}/annotations/bulk/{job.key}/").json()
    Labelling.objects.get(pk=undoing["id"]).perform()
    assert not Annotation.objects.exists()


def test_a_class_that_goes_before_the_worker_comes_is_the_reason(by_a_worker, give, images, cat):
    job = Labelling.objects.get(pk=give(cat).json()["id"])
    cat.delete()
    job.perform()
    job.refresh_from_db()
    assert job.status == "failed"
    assert "class" in job.error
    assert not Revision.objects.exists()


def test_images_that_are_more_or_fewer_than_was_seen_are_left_alone(give, images, cat):
    assert give(cat, expected=2).status_code == 409
    assert not Labelling.objects.exists()
    assert give(cat, expected=2, **{"except": [images[0].pk]}).json()["changed"] == 2


def test_who_may_not_label_does_not_end_it_either(by_a_worker, as_, viewer, annotator, stranger, give, images, cat):
    address = f"/api/labellings/{give(cat).json()['id']}/"
    assert give(cat, who=viewer).status_code == 403
    assert as_(viewer).get(address).status_code == 200
    assert as_(viewer).post(f"{address}cancel/").status_code == 403
    assert as_(stranger).post(f"{address}cancel/").status_code == 404
    assert as_(annotator).post(f"{address}cancel/").json()["status"] == "cancelled"
    assert as_(annotator).post(f"{address}retry/").json()["status"] == "queued"
