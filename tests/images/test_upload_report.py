"""What an upload has come to, found again after its page is gone."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from labelapp.annotations.models import Archive
from labelapp.images.models import Upload


@pytest.fixture
def send(as_, annotator, project, settings):
    """Open an upload and send files of it; answers the row as the API has it."""
    settings.ARCHIVE_WAIT_SECONDS = 0

    def run(files: dict[str, bytes], count: int | None = None, upload: int | None = None) -> int:
        client = as_(annotator)
        body = {"files": count or len(files), "size_bytes": 10_000}
        pk = upload or client.post(f"/api/projects/{project.pk}/uploads/", body, format="json").json()["id"]
        form = {
            "files": [SimpleUploadedFile(name.rsplit("/")[-1], content) for name, content in files.items()],
            "paths": list(files), "modified": [5000] * len(files), "upload": pk,
        }  # fmt: skip
        answer = client.post(f"/api/projects/{project.pk}/images/", form, format="multipart")
        assert answer.status_code == 200, answer.json()
        return pk

    return run


@pytest.fixture
def jobs(as_, owner, project):
    def read(**filters):
        found = as_(owner).get(f"/api/projects/{project.pk}/jobs/", filters).json()["results"]
        return {job["kind"]: job for job in reversed(found)}  # the newest of each

    return read


@pytest.fixture
def files(as_, viewer):
    def read(upload: int, **filters):
        answer = as_(viewer).get(f"/api/uploads/{upload}/files/", filters)
        assert answer.status_code == 200, answer.json()
        return answer.json()["results"]

    return read


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in files.items():
            archive.writestr(name, each)
    return content.getvalue()


def test_its_row_counts_what_was_added_there_already_and_refused(send, jobs, picture):
    known = picture(1)
    send({"a.png": known})
    pk = send({"b.png": picture(2), "again.png": known, "c.txt": b"Hello"})
    job = jobs()["upload"]
    assert (job["summary"], job["status"]) == ("1 added, 1 there already, 1 refused", "completed")
    assert job["remark"] == {"tone": "warning", "text": "Some refused"}
    assert job["address"].endswith(f"/uploads/{pk}/")
    assert "upload" not in jobs(state="failed")


def test_one_of_which_all_was_refused_has_failed(send, jobs):
    send({"a.txt": b"Hello", "b.txt": b"World"})
    job = jobs(state="failed")["upload"]
    assert (job["remark"], job["summary"]) == ({"tone": "danger", "text": "All refused"}, "2 refused")


def test_what_was_refused_is_listed_with_its_reasons(send, files, picture):
    pk = send({"set/a.png": picture(1), "set/b.txt": b"Hello"})
    (refused,) = files(pk, status="refused")
    assert (refused["name"], refused["status"], bool(refused["reason"])) == ("set/b.txt", "refused", True)
    assert [each["name"] for each in files(pk)] == ["set/a.png", "set/b.txt"]


@pytest.mark.parametrize("query", ["status=nonsense", "cursor=x"])
def test_a_wrong_question_about_files_is_refused(as_, annotator, send, query):
    pk = send({"a.txt": b"Hello"})
    assert as_(annotator).get(f"/api/uploads/{pk}/files/?{query}").status_code == 400


def test_a_zip_counts_by_what_it_holds_in_its_own_row_and_in_that_of_its_upload(send, jobs, files, picture):
    pk = send({"a.zip": zipped({"1.png": picture(1), "2.txt": b"Hello", "3.txt": b"World"})})
    assert jobs()["upload"]["summary"] == ""
    archive = Archive.objects.get()
    archive.perform()
    archive.perform()  # another worker finds nothing to do
    seen = jobs()
    assert (seen["upload"]["summary"], seen["archive"]["summary"]) == ("1 added, 2 refused",) * 2
    assert seen["archive"]["address"].endswith(f"/archives/{archive.pk}/")
    (listed,) = files(pk, status="refused")
    assert listed["archive"] == archive.pk


def test_a_zip_of_which_nothing_was_added_has_failed_and_so_has_its_upload(send, jobs):
    send({"a.zip": zipped({"1.txt": b"Hello"})})
    Archive.objects.get().perform()
    failed = jobs(state="failed")
    assert {kind: job["remark"]["text"] for kind, job in failed.items()} == {
        "upload": "All refused", "archive": "All refused",
    }  # fmt: skip


def test_a_zip_that_came_to_an_upload_cancelled_meanwhile_is_not_kept(send, as_, annotator, project, monkeypatch):
    pk = send({"1.txt": b"Hello"}, count=2)
    opened = Archive.objects.open
    storage = Archive._meta.get_field("file").storage

    def cancelled_meanwhile(*given, **choices):
        Upload.objects.get(pk=pk).cancel()
        return opened(*given, **choices)

    monkeypatch.setattr(Archive.objects, "open", cancelled_meanwhile)
    form = {
        "files": [SimpleUploadedFile("a.zip", zipped({"1.txt": b"Hello"}))], "paths": ["a.zip"], "modified": [5000],
        "upload": pk,
    }  # fmt: skip
    answer = as_(annotator).post(f"/api/projects/{project.pk}/images/", form, format="multipart")
    assert answer.status_code == 409
    assert not Archive.objects.exists()
    assert not storage.exists("archives") or storage.listdir("archives")[1] == []


def test_the_page_of_an_upload_says_what_it_has_come_to(client, viewer, send, project, picture):
    pk = send({"a.png": picture(1), "b.txt": b"Hello"})
    client.force_login(viewer)
    text = client.get(f"/projects/{project.pk}/uploads/{pk}/").content.decode()
    assert "1 added, 1 refused" in text
    assert 'data-show="refused" aria-pressed="true"' in text


def test_the_page_of_a_zip_says_what_it_has_come_to(client, viewer, send, project, picture):
    send({"a.zip": zipped({"1.png": picture(1)})})
    archive = Archive.objects.get()
    archive.perform()
    client.force_login(viewer)
    text = client.get(f"/projects/{project.pk}/archives/{archive.pk}/").content.decode()
    assert "1 added" in text
    assert 'data-show="added" aria-pressed="true"' in text


def test_a_page_of_another_project_is_not_found(client, owner, send, person):
    from labelapp.projects.models import Project

    pk = send({"a.txt": b"Hello"})
    other = Project.objects.start(owner, name="Other", kind="classification")
    client.force_login(owner)
    assert client.get(f"/projects/{other.pk}/uploads/{pk}/").status_code == 404


def test_when_its_files_are_forgotten_its_page_says_so(client, viewer, send, project):
    pk = send({"a.txt": b"Hello"})
    Upload.objects.get().arrivals.all().delete()
    client.force_login(viewer)
    assert "only the numbers are left" in client.get(f"/projects/{project.pk}/uploads/{pk}/").content.decode()


def test_one_that_its_page_has_paused_says_so_until_the_next_file_comes(send, jobs, as_, annotator, picture):
    pk = send({"a.png": picture(1)}, count=3)
    assert jobs()["upload"]["remark"] is None
    assert as_(annotator).post(f"/api/uploads/{pk}/pause/").json()["interrupted"] is True
    job = jobs()["upload"]
    assert (job["remark"], job["seconds_left"]) == ({"tone": "warning", "text": "Paused"}, None)
    assert job["address"].endswith("/images/add/")
    send({"b.png": picture(2)}, upload=pk)
    assert jobs()["upload"]["remark"] is None
    as_(annotator).post(f"/api/uploads/{pk}/pause/")
    assert as_(annotator).delete(f"/api/uploads/{pk}/pause/").json()["paused"] is False


def test_one_that_is_over_cannot_be_paused(send, as_, annotator):
    pk = send({"a.txt": b"Hello"}, count=2)
    as_(annotator).post(f"/api/uploads/{pk}/cancel/")
    assert as_(annotator).post(f"/api/uploads/{pk}/pause/").status_code == 409


def moved(upload: int, **before: float) -> None:
    """Moments of its row as if they had been so many seconds ago."""
    now = timezone.now()
    Upload.objects.filter(pk=upload).update(**{name: now - timedelta(seconds=each) for name, each in before.items()})


def test_one_of_which_nothing_comes_any_more_was_broken_off_and_tells_no_time(send, jobs, picture):
    pk = send({"a.png": picture(1)}, count=3)
    Upload.objects.filter(pk=pk).update(progress=0.5)
    moved(pk, started_at=100, heartbeat_at=60)
    job = jobs()["upload"]
    assert (job["remark"]["text"], job["seconds_left"]) == ("Paused or broken off", None)


def test_the_time_left_runs_down_while_the_next_file_is_awaited(send, jobs, picture):
    pk = send({"a.png": picture(1)}, count=3)
    Upload.objects.filter(pk=pk).update(progress=0.5)
    moved(pk, started_at=100, heartbeat_at=20)
    assert jobs()["upload"]["seconds_left"] == pytest.approx(60, abs=1)


def test_the_time_in_which_it_was_broken_off_does_not_count_for_the_time_left(send, jobs, picture):
    pk = send({"a.png": picture(1)}, count=3)
    moved(pk, started_at=3700, heartbeat_at=3600)  # it sent for 100 seconds
    send({"b.png": picture(2)}, upload=pk)
    Upload.objects.filter(pk=pk).update(progress=0.5)
    assert jobs()["upload"]["seconds_left"] == pytest.approx(100, abs=2)
