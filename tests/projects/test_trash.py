"""A deleted project: out of sight and at rest for thirty days, then gone with everything in it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from labelapp.annotations.models import Archive
from labelapp.images.models import Image, Upload
from labelapp.projects.models import AuditEntry, JobStatus, Membership, Project
from labelapp.projects.tasks import empty_trash, erase_project


@pytest.fixture
def trashed(as_, owner, project):
    assert as_(owner).delete(f"/api/projects/{project.pk}/").status_code == 204
    project.refresh_from_db()
    return project


def age(project, days: float) -> None:
    Project.objects.filter(pk=project.pk).update(trashed_at=timezone.now() - timedelta(days=days))


def test_a_deleted_project_is_found_by_nobody(as_, client, owner, trashed, picture):
    api = as_(owner)
    base = f"/api/projects/{trashed.pk}/"
    assert api.get("/api/projects/").json()["results"] == []
    for path in (base, f"{base}images/", f"{base}classes/", f"{base}runs/", f"{base}versions/", f"{base}uploads/"):
        assert api.get(path).status_code == 404, path
    assert api.post(f"{base}runs/", {}, format="json").status_code == 404
    client.force_login(owner)
    assert client.get(f"/projects/{trashed.pk}/").status_code == 404


def test_nothing_inside_a_deleted_project_can_be_reached_either(as_, owner, project, picture):
    image = Image.objects.add(project, owner, "a.png", ContentFile(picture(), "a.png")).id
    as_(owner).delete(f"/api/projects/{project.pk}/")
    assert as_(owner).get(f"/api/images/{image}/").status_code == 404
    assert as_(owner).get(f"/api/images/{image}/thumbnail/").status_code == 404
    change = {"base_revision": 0, "key": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "upsert": []}
    assert as_(owner).patch(f"/api/images/{image}/annotations/", change, format="json").status_code == 404


def test_work_in_a_deleted_project_is_cancelled(as_, owner, project):
    archive = Archive.objects.create(project=project, created_by=owner, name="a.zip")
    upload = Upload.objects.start(project, owner, 3, 30)
    as_(owner).delete(f"/api/projects/{project.pk}/")
    for job in (archive, upload):
        job.refresh_from_db()
        assert job.status == JobStatus.CANCELLED


def test_an_owner_sees_it_in_the_trash_and_restores_it(as_, owner, trashed, picture):
    (row,) = as_(owner).get("/api/projects/trash/").json()["results"]
    assert (row["id"], row["trashed_by"], row["days_left"]) == (trashed.pk, "owner", 30)
    assert as_(owner).post(f"/api/projects/trash/{trashed.pk}/restore/").json()["name"] == trashed.name
    assert as_(owner).get(f"/api/projects/{trashed.pk}/").status_code == 200
    assert as_(owner).get("/api/projects/trash/").json()["results"] == []
    verbs = AuditEntry.objects.filter(project=trashed).values_list("verb", flat=True)
    assert {"project.trashed", "project.restored"} <= set(verbs)


def test_only_owners_find_it_in_the_trash(as_, annotator, reviewer, stranger, trashed):
    path = f"/api/projects/trash/{trashed.pk}/"
    for person in (annotator, reviewer, stranger):
        assert as_(person).get("/api/projects/trash/").json()["results"] == []
        assert as_(person).post(f"{path}restore/").status_code == 404
        assert as_(person).delete(path).status_code == 404
    assert as_(None).get("/api/projects/trash/").status_code == 401
    assert as_(reviewer).get(path).status_code == 405


def test_a_project_outside_the_trash_is_not_deleted_for_good(as_, owner, project):
    path = f"/api/projects/trash/{project.pk}/"
    assert as_(owner).delete(path).status_code == 404
    assert as_(owner).post(f"{path}restore/").status_code == 404


def test_deleting_for_good_is_left_to_a_worker_and_cannot_be_taken_back(as_, owner, trashed):
    path = f"/api/projects/trash/{trashed.pk}/"
    assert as_(owner).delete(path).status_code == 204
    assert as_(owner).post(f"{path}restore/").status_code == 404
    erase_project(trashed.pk)
    assert not Project.objects.exists()
    assert AuditEntry.objects.get(verb="project.erased").target == trashed.name


def test_a_message_that_was_lost_is_made_good_by_the_beat_task(as_, owner, trashed):
    as_(owner).delete(f"/api/projects/trash/{trashed.pk}/")
    empty_trash()
    assert not Project.objects.exists()


def test_after_thirty_days_it_is_gone_and_a_day_before_it_is_not(owner, trashed, picture):
    age(trashed, 29)
    empty_trash()
    assert Project.objects.get().days_left == 1
    age(trashed, 30.01)
    empty_trash()
    assert not Project.objects.exists()


def test_a_restored_project_is_not_erased_by_a_message_that_comes_late(owner, trashed):
    age(trashed, 31)
    trashed.restore(owner)
    erase_project(trashed.pk)
    assert Project.objects.exists()


def test_the_pages_say_that_there_is_a_trash(client, owner, trashed):
    client.force_login(owner)
    assert "/projects/trash/" in client.get("/").content.decode()
    page = client.get("/projects/trash/").content.decode()
    assert "30 days" in page
    Membership.objects.all().delete()
    assert "/projects/trash/" not in client.get("/").content.decode()


def test_a_project_that_is_restored_while_others_are_erased_stays(owner, trashed, monkeypatch):
    other = Project.objects.start(owner, name="Other")
    other.move_to_trash(owner)
    for each in (trashed, other):
        age(each, 31)
    erase = Project.erase

    def and_restore_the_rest(project):
        for each in Project.objects.exclude(pk=project.pk):
            assert each.restore(owner)
        erase(project)

    monkeypatch.setattr(Project, "erase", and_restore_the_rest)
    empty_trash()
    assert Project.objects.kept().count() == Project.objects.count() == 1


def test_a_half_erased_project_cannot_be_restored_and_is_erased_by_the_next_turn(as_, owner, trashed, monkeypatch):
    age(trashed, 31)

    def killed(project):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Project, "erase", killed)
        with pytest.raises(SystemExit):
            empty_trash()
    assert not Project.objects.get().restore(owner)
    assert as_(owner).post(f"/api/projects/trash/{trashed.pk}/restore/").status_code == 404
    empty_trash()
    assert Project.objects.exists(), "who erases it may live"
    Project.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    empty_trash()
    assert not Project.objects.exists()


def test_an_erasing_that_takes_long_does_not_meet_itself(owner, trashed, monkeypatch):
    age(trashed, 31)
    begun = []

    def erase(project):
        begun.append(project)
        empty_trash()
        erase_project(project.pk)

    monkeypatch.setattr(Project, "erase", erase)
    empty_trash()
    assert len(begun) == 1


def test_the_site_writes_down_what_it_has_deleted(as_, person, owner, trashed):
    age(trashed, 31)
    empty_trash()
    entry = AuditEntry.objects.get(verb="project.expired")
    assert (entry.project, entry.actor, entry.target) == (None, None, trashed.name)
    admin = person("admin")
    admin.is_superuser = True
    admin.save()
    (line, *_earlier) = as_(admin).get("/api/log/").json()["results"]
    assert line["text"] == f"deleted the project {trashed.name}, whose days in the trash were over"
