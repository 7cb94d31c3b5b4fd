from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from labelapp.annotations.models import Archive
from labelapp.exchange.models import Export, Import
from labelapp.images.models import Image
from labelapp.projects import work
from labelapp.projects.models import JobStatus
from labelapp.versions.models import Version
from tests.conftest import member


@pytest.fixture
def jobs(as_, owner, project):
    def read(who=owner, **filters):
        answer = as_(who).get(f"/api/projects/{project.pk}/jobs/", filters)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return read


def export(project, who, **fields):
    row = Export.objects.start(project, who, format="csv")
    Export.objects.filter(pk=row.pk).update(**fields)
    return row


def test_all_kinds_stand_in_one_list_newest_first(jobs, project, owner):
    export(project, owner)
    Version.objects.freeze(project, owner)
    Import.objects.start(project, owner, SimpleUploadedFile("labels.csv", b"image\n"))
    assert [job["kind"] for job in jobs()] == ["import", "version", "export"]
    assert [job["title"] for job in jobs()][:2] == ["Import of labels.csv", "Freezing version 1"]


def test_a_running_one_tells_its_progress_and_how_to_cancel_it(jobs, project, owner, as_):
    row = export(project, owner, status="running", progress=0.25)
    (job,) = jobs()
    assert (job["ongoing"], job["progress"], job["retry"]) == (True, 0.25, None)
    assert as_(owner).post(job["cancel"]).status_code == 200
    row.refresh_from_db()
    assert row.status == JobStatus.CANCELLED


def test_a_failed_one_tells_why_and_how_to_try_again(jobs, project, owner, as_):
    row = export(project, owner, status="failed", error="The disk is full.")
    (job,) = jobs()
    assert (job["error"], job["cancel"]) == ("The disk is full.", None)
    assert as_(owner).post(job["retry"]).status_code == 200
    row.refresh_from_db()
    assert row.status == JobStatus.QUEUED


@pytest.mark.parametrize(
    ("filters", "statuses"),
    [
        ({"state": "ongoing"}, ["running"]),
        ({"state": "ended"}, ["failed", "completed"]),
        ({"state": "failed"}, ["failed"]),
        ({"kind": "version"}, []),
    ],
)
def test_filters_narrow_it(jobs, project, owner, filters, statuses):
    for status in ("completed", "running", "failed"):
        export(project, owner, status=status)
    assert [job["status"] for job in jobs(**filters)] == statuses


def test_what_has_ended_is_listed_by_when_it_ended(as_, owner, project):
    """A training that was begun before fifty exports and ends after them stands at the top."""
    now = timezone.now()
    rows = [export(project, owner) for _each in range(4)]
    for minutes, row in zip((1, 9, 5, None), rows, strict=True):
        ended = minutes and now + timedelta(minutes=minutes)
        Export.objects.filter(pk=row.pk).update(status="completed" if ended else "queued", finished_at=ended)
    client, address, seen = as_(owner), f"/api/projects/{project.pk}/jobs/?state=ended&page_size=1", []
    while address:
        page = client.get(address).json()
        seen += [job["id"] for job in page["results"]]
        address = page["next"]
    assert seen == [rows[1].pk, rows[2].pk, rows[0].pk]


def test_how_many_go_on_is_told_whatever_is_asked_for(as_, owner, project):
    for status in ("running", "queued", "completed"):
        export(project, owner, status=status)
    answer = as_(owner).get(f"/api/projects/{project.pk}/jobs/?state=ended&page_size=1").json()
    assert answer["ongoing"] == 2


def test_one_sees_whose_they_are_and_can_ask_for_ones_own(jobs, project, owner, annotator):
    export(project, owner)
    export(project, annotator)
    assert [job["mine"] for job in jobs()] == [False, True]
    assert [job["created_by"] for job in jobs(mine="true")] == ["owner"]


def test_a_viewer_may_end_only_what_is_their_own(jobs, project, owner, viewer):
    Version.objects.freeze(project, owner)
    export(project, viewer)
    assert [bool(job["cancel"]) for job in jobs(viewer)] == [True, False]


def test_pages_go_on_where_they_ended_over_all_kinds(as_, owner, project):
    for _each in range(3):
        export(project, owner)
        Version.objects.freeze(project, owner)
    client, address, seen = as_(owner), f"/api/projects/{project.pk}/jobs/?page_size=2", []
    while address:
        page = client.get(address).json()
        seen += [(job["kind"], job["id"]) for job in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 6


def test_rows_of_the_same_moment_are_all_listed_once(as_, owner, project):
    rows = [export(project, owner) for _each in range(3)] + [Version.objects.freeze(project, owner)]
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(created_at=rows[0].created_at)
    client, address, seen = as_(owner), f"/api/projects/{project.pk}/jobs/?page_size=1", []
    while address and len(seen) < 10:
        page = client.get(address).json()
        seen += [(job["kind"], job["id"]) for job in page["results"]]
        address = page["next"]
    assert sorted(seen) == sorted((row._meta.model_name, row.pk) for row in rows)


def test_images_without_thumbnails_are_counted(as_, owner, project, picture):
    Image.objects.add(project, owner, "a.png", ContentFile(picture()))
    assert as_(owner).get(f"/api/projects/{project.pk}/jobs/").json()["unprepared"] == 1


@pytest.mark.parametrize(
    "query", ["state=nonsense", "kind=nonsense", "page_size=0", "page_size=x", "cursor=x", "cursor=WzEsMiwzXQ=="]
)
def test_a_wrong_question_is_refused(as_, owner, project, query):
    assert as_(owner).get(f"/api/projects/{project.pk}/jobs/?{query}").status_code == 400


def test_it_can_only_be_read(as_, owner, project):
    address = f"/api/projects/{project.pk}/jobs/"
    assert {as_(owner).post(address).status_code, as_(owner).delete(address).status_code} == {405}


@pytest.mark.parametrize(("role", "status"), [("viewer", 200), ("annotator", 200), ("stranger", 404)])
def test_it_is_for_members(as_, person, project, role, status):
    user = person(role) if role == "stranger" else member(person, project, role)
    assert as_(user).get(f"/api/projects/{project.pk}/jobs/").status_code == status
    assert as_(user).get(f"/projects/{project.pk}/jobs/").status_code == status


def test_nobody_is_asked_to_sign_in(as_, project):
    assert as_(None).get(f"/api/projects/{project.pk}/jobs/").status_code == 401
    assert as_(None).get(f"/projects/{project.pk}/jobs/").status_code == 302


def test_the_list_asks_as_many_questions_however_long_it_is_and_reads_nothing_large(
    project, owner, django_assert_max_num_queries
):
    Archive.objects.create(project=project, created_by=owner, name="a.zip", results=[{"name": "x"}] * 100)
    Import.objects.start(project, owner, SimpleUploadedFile("labels.csv", b"image\n"))
    export(project, owner)
    for _each in range(3):
        Version.objects.freeze(project, owner)
    with django_assert_max_num_queries(len(work.kinds())):
        rows = work.newest(project, 100)
        assert len(rows) == 6
        assert all(row.title or row.reason or row.api_address for row in rows)
        for row in rows:
            assert set(row.unlisted) == row.get_deferred_fields()
