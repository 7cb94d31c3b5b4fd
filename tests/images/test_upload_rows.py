"""An upload: opened, fed, asked what has arrived, cancelled, given up, swept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from labelapp.images.models import Image, Upload, UploadedFile
from labelapp.images.models.upload import forget_arrivals
from labelapp.projects.models import JobStatus
from labelapp.projects.overview import Overview


@pytest.fixture
def begin(as_, annotator, project):
    def post(files: int = 2, size_bytes: int = 1000, **fields) -> dict:
        body = {"files": files, "size_bytes": size_bytes, **fields}
        answer = as_(annotator).post(f"/api/projects/{project.pk}/uploads/", body, format="json")
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return post


@pytest.fixture
def feed(as_, annotator, project):
    """Send files of an upload; each was changed at second 5."""

    def post(upload: dict, files: dict[str, bytes], user=None, to=None, **fields):
        form = {
            "files": [SimpleUploadedFile(name.rsplit("/")[-1], content) for name, content in files.items()],
            "paths": list(files), "modified": [5000] * len(files), "upload": upload["id"], **fields,
        }  # fmt: skip
        return as_(user or annotator).post(f"/api/projects/{(to or project).pk}/images/", form, format="multipart")

    return post


@pytest.fixture
def ask(as_, annotator):
    def post(upload: dict, files: dict[str, bytes], modified: int = 5000, user=None):
        marks = [{"path": name, "size_bytes": len(each), "modified": modified} for name, each in files.items()]
        return as_(user or annotator).post(f"/api/uploads/{upload['id']}/known/", {"files": marks}, format="json")

    return post


def test_an_upload_runs_until_all_its_files_have_arrived(as_, annotator, begin, feed, picture):
    files = {"set/1.png": picture(1), "set/2.txt": b"Hello"}
    upload = begin(2, sum(map(len, files.values())), name="set")
    assert upload["status"] == "running"
    feed(upload, {"set/1.png": files["set/1.png"]})
    row = as_(annotator).get(f"/api/uploads/{upload['id']}/").json()
    assert (row["arrived"], row["added"], row["status"]) == (1, 1, "running")
    assert 0 < row["progress"] < 1
    feed(upload, {"set/2.txt": files["set/2.txt"]})
    row = as_(annotator).get(f"/api/uploads/{upload['id']}/").json()
    assert (row["refused"], row["status"], row["progress"], row["error"]) == (1, "completed", 1.0, "")


def test_what_has_arrived_is_known_by_path_size_and_time(begin, feed, ask, picture):
    upload = begin()
    files = {"set/1.png": picture(1), "set/2.png": picture(2)}
    feed(upload, {"set/1.png": files["set/1.png"]})
    first, second = ask(upload, files).json()["results"]
    assert (first["status"], first["id"]) == ("added", Image.objects.get().pk)
    assert second is None
    assert ask(upload, files, modified=6000).json()["results"] == [None, None]


def test_files_sent_again_are_answered_as_the_first_time_and_count_once(begin, feed, picture):
    upload, files = begin(5), {"1.png": picture(1)}
    first, again = (feed(upload, files).json()["results"] for _ in range(2))
    assert first == again
    assert Upload.objects.get().arrived == 1


def test_the_upload_decides_about_labels_not_the_request(begin, feed, picture, project):
    feed(begin(class_from="folder"), {"cat/1.png": picture()}, class_from="none")
    assert project.classes.get().name == "cat"


def test_a_cancelled_upload_takes_nothing_more(as_, annotator, begin, feed, ask, picture):
    upload = begin()
    assert as_(annotator).post(f"/api/uploads/{upload['id']}/cancel/").json()["status"] == "cancelled"
    answer = feed(upload, {"1.png": picture()})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cancelled")
    assert ask(upload, {}).status_code == 409
    assert not Image.objects.exists()
    assert as_(annotator).post(f"/api/uploads/{upload['id']}/cancel/").status_code == 409
    assert as_(annotator).post(f"/api/uploads/{upload['id']}/retry/").json()["status"] == "running"
    assert feed(upload, {"1.png": picture()}).status_code == 200


def test_finishing_says_what_did_not_come(as_, annotator, begin, feed, picture):
    upload = begin(3)
    feed(upload, {"1.png": picture()})
    row = as_(annotator).post(f"/api/uploads/{upload['id']}/finish/").json()
    assert (row["status"], row["error"]) == ("completed", "2 files were not sent.")
    feed(upload, {"2.png": picture(2)})  # a failed file that is tried once more
    assert Upload.objects.get().error == "1 file was not sent."


def test_only_its_own_person_sends_and_asks_while_others_may_look_and_cancel(
    as_, owner, viewer, stranger, begin, feed, ask, picture
):
    upload = begin()
    path = f"/api/uploads/{upload['id']}/"
    assert feed(upload, {"1.png": picture()}, user=owner).status_code == 403
    assert ask(upload, {}, user=owner).status_code == 403
    assert as_(owner).post(f"{path}finish/").status_code == 403
    assert as_(viewer).get(path).status_code == 200
    assert as_(viewer).post(f"{path}cancel/").status_code == 403
    assert as_(stranger).get(path).status_code == 404
    assert as_(stranger).post(f"{path}known/").status_code == 404
    assert as_(None).get(path).status_code == 401
    assert as_(owner).post(f"{path}cancel/").status_code == 200


def test_the_list_has_what_the_person_has_begun_and_not_ended(as_, annotator, owner, viewer, stranger, project, begin):
    upload, done = begin(), begin()
    Upload.objects.filter(pk=done["id"]).update(status=JobStatus.COMPLETED)
    path = f"/api/projects/{project.pk}/uploads/"
    assert [each["id"] for each in as_(annotator).get(path).json()["results"]] == [upload["id"]]
    assert as_(owner).get(path).json()["results"] == []
    assert as_(viewer).get(path).status_code == 403
    assert as_(stranger).get(path).status_code == 404
    assert as_(stranger).post(path, {"files": 1, "size_bytes": 1}, format="json").status_code == 404
    assert as_(annotator).put(path).status_code == 405


def test_bodies_without_sense_are_refused(as_, annotator, owner, project, begin, feed, picture):
    path = f"/api/projects/{project.pk}/uploads/"
    for body in (
        {},
        {"files": 0, "size_bytes": 1},
        {"files": 1, "size_bytes": -1},
        {"files": 1, "size_bytes": 1, "class_from": "moon"},
    ):
        assert as_(annotator).post(path, body, format="json").status_code == 400, body
    upload = begin()
    known = f"/api/uploads/{upload['id']}/known/"
    assert as_(annotator).post(known, {"files": [{"path": "a"}]}, format="json").status_code == 400
    assert as_(annotator).post(known, {}, format="json").status_code == 400
    assert feed(upload, {"1.png": picture()}, modified=[]).status_code == 400
    assert feed(upload, {"1.png": picture()}, modified=["soon"]).status_code == 400
    assert feed({"id": 10**12}, {"1.png": picture()}).status_code == 404
    assert not Image.objects.exists()


def test_files_of_an_upload_go_into_its_own_project(annotator, owner, begin, feed, picture):
    from labelapp.projects.models import Membership, Project

    other = Project.objects.start(owner, name="Other")
    Membership.objects.create(project=other, user=annotator, role="annotator")
    assert feed(begin(), {"1.png": picture()}, to=other).status_code == 404


def test_an_upload_that_nobody_goes_on_with_is_given_up_after_days_and_swept_later(begin, feed, picture, settings):
    upload = begin()
    feed(upload, {"1.png": picture()})
    assert not Upload.objects.lost().exists()
    Upload.objects.update(heartbeat_at=timezone.now() - timedelta(days=8))
    for each in Upload.objects.lost():
        each.rescue()
    row = Upload.objects.get()
    assert (row.status, row.error) == ("cancelled", "Nobody went on with it for 7 days.")
    forget_arrivals()
    assert UploadedFile.objects.exists()
    Upload.objects.update(finished_at=timezone.now() - timedelta(days=8))
    forget_arrivals()
    assert not UploadedFile.objects.exists()
    assert Image.objects.exists()


def test_an_upload_stands_among_the_jobs_of_the_project(project, begin):
    begin(name="signs")
    assert [each.title for each in Overview(project).jobs] == ["Adding 2 files: signs"]


def test_silence_is_an_interruption(begin):
    begin()
    assert not Upload.objects.get().interrupted
    Upload.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    assert Upload.objects.get().interrupted
