"""Emptying the trash: few images at once, many by a worker that can be watched and cancelled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.images.models import Deletion, Image, many_images
from labelapp.projects import work
from labelapp.projects.models import AuditEntry


@pytest.fixture
def by_a_worker(monkeypatch, one_by_one):
    monkeypatch.setattr(many_images, "AT_ONCE", 0)


@pytest.fixture
def empty(as_, owner, project):
    def delete(who=owner, **body):
        return as_(who).delete(f"/api/projects/{project.pk}/trash/", body or None, format="json")

    return delete


def noted() -> list[dict]:
    return [each.detail for each in AuditEntry.objects.filter(verb="image.deleted")]


def test_few_images_are_gone_when_the_answer_comes(empty, project, in_trash):
    answer = empty()
    assert (answer.status_code, answer.json()["status"], answer.json()["deleted"]) == (200, "completed", 3)
    assert not Image.objects.exists()
    assert noted() == [{"images": 3}]
    assert work.newest(project, 10) == [], "nobody has to wait for it"


def test_many_are_left_to_a_worker(by_a_worker, as_, owner, empty, project, in_trash):
    answer = empty()
    assert (answer.status_code, answer.json()["status"], answer.json()["images"]) == (202, "queued", 3)
    assert Image.objects.count() == 3
    (row,) = as_(owner).get(f"/api/projects/{project.pk}/jobs/").json()["results"]
    assert (row["kind"], row["title"]) == ("deletion", "Deleting 3 images for good")
    Deletion.objects.get().perform()
    answer = as_(owner).get(f"/api/deletions/{answer.json()['id']}/").json()
    assert (answer["status"], answer["deleted"], answer["progress"]) == ("completed", 3, 1.0)
    assert noted() == [{"images": 3}]


def test_a_cancelled_one_stops_and_the_log_says_how_many_went(by_a_worker, as_, owner, empty, in_trash, monkeypatch):
    job = Deletion.objects.get(pk=empty().json()["id"])
    count = Deletion.count

    def and_then_cancel(self, tally, changed):
        count(self, tally, changed)
        if self.changed == 2:
            Deletion.objects.get().cancel()

    monkeypatch.setattr(Deletion, "count", and_then_cancel)
    job.perform()
    job.refresh_from_db()
    assert (job.status, job.changed, Image.objects.count()) == ("cancelled", 2, 1)
    assert noted() == [{"images": 2}]
    monkeypatch.undo()
    assert as_(owner).post(f"/api/deletions/{job.pk}/retry/").status_code == 200
    job.perform()
    job.refresh_from_db()
    assert (job.status, job.changed, Image.objects.count()) == ("completed", 3, 0)
    assert noted() == [{"images": 1}, {"images": 2}]


def test_one_that_was_killed_goes_on_where_it_was(by_a_worker, empty, in_trash, monkeypatch):
    job = Deletion.objects.get(pk=empty().json()["id"])

    def killed(self, tally, changed):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Deletion, "count", killed)
        with pytest.raises(SystemExit):
            job.perform()
    assert (Image.objects.count(), noted()) == (3, []), "what was not noted was not done"
    Deletion.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    (lost,) = Deletion.objects.lost()
    lost.rescue()
    Deletion.objects.get().perform()
    assert (Image.objects.count(), noted()) == (0, [{"images": 3}])


def test_what_comes_into_the_trash_later_stays(by_a_worker, empty, in_trash, add, owner):
    job = Deletion.objects.get(pk=empty(ids=[in_trash[0].pk, in_trash[1].pk]).json()["id"])
    Image.objects.filter(pk=in_trash[1].pk).restore()
    Image.objects.filter(pk=in_trash[1].pk).move_to_trash(owner)
    job.perform()
    assert set(Image.objects.all()) == set(in_trash[1:])


def test_only_owners_end_or_repeat_it(by_a_worker, as_, owner, reviewer, viewer, stranger, empty, in_trash):
    address = f"/api/deletions/{empty().json()['id']}/"
    assert as_(viewer).get(address).status_code == 200
    assert as_(stranger).get(address).status_code == 404
    assert as_(reviewer).post(f"{address}cancel/").status_code == 403
    assert as_(owner).post(f"{address}cancel/").json()["status"] == "cancelled"
    assert as_(owner).post(f"{address}cancel/").status_code == 409
    assert as_(reviewer).post(f"{address}retry/").status_code == 403


def test_no_more_go_than_were_meant_when_it_was_asked_for(owner, project, in_trash):
    job = Deletion.objects.create(project=project, created_by=owner, filters={"trashed": True}, images=2)
    job.perform()
    assert job.status == "failed"
    assert "3 images match now, not 2" in job.error
    assert Image.objects.count() == 3
