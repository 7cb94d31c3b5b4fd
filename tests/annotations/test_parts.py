"""Large files in pieces, by the tus protocol."""

import uuid

import pytest

from labelapp.annotations.models import Archive
from labelapp.images.models import FilePart, Image, Upload
from labelapp.images.models.file_part import folder
from labelapp.projects.space import Space
from tests.annotations.sending_parts import TUS


def test_a_zip_comes_in_pieces_and_is_unpacked(as_, annotator, announce, append, zipped):
    location = announce(len(zipped), path="all.zip", class_from="folder")["Location"]
    half = len(zipped) // 2
    assert append(location, zipped[:half], 0)["Upload-Offset"] == str(half)
    assert as_(annotator).head(location)["Upload-Offset"] == str(half)
    assert as_(annotator).get(location).json()["result"] is None
    assert append(location, zipped[half:], half).status_code == 204
    result = as_(annotator).get(location).json()["result"]
    assert (result["status"], result["archive"]["status"]) == ("added", "queued")
    Archive.objects.get().perform()
    assert Image.objects.count() == 3
    assert not list(folder().iterdir())
    upload = Upload.objects.get()
    assert (upload.status, upload.arrived) == ("completed", 1)


def test_a_large_picture_comes_in_pieces_too(as_, annotator, announce, append, picture):
    content = picture(size=(400, 300))
    location = announce(len(content), filename="big.png")["Location"]
    append(location, content, 0)
    assert as_(annotator).get(location).json()["result"]["status"] == "added"
    assert Image.objects.get().size_bytes == len(content)


def test_a_piece_that_does_not_begin_where_the_last_one_ended_is_refused(announce, append):
    location = announce(10, path="a.zip")["Location"]
    append(location, b"12345", 0)
    for offset in (0, 4, 6):
        answer = append(location, b"67890", offset)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "stale")
    assert FilePart.objects.get().file.read_bytes() == b"12345"


def test_announcing_again_finds_what_is_here(announce, append, as_, annotator, project):
    body = {"files": 1, "size_bytes": 10}
    upload = str(as_(annotator).post(f"/api/projects/{project.pk}/uploads/", body, format="json").json()["id"])
    facts = {"path": "a.zip", "modified": "5000", "upload": upload}
    first = announce(10, **facts)
    append(first["Location"], b"12345", 0)
    again = announce(10, **facts)
    assert (again["Location"], again["Upload-Offset"]) == (first["Location"], "5")
    mark = {"path": "a.zip", "size_bytes": 10, "modified": 5000}
    (known,) = as_(annotator).post(f"/api/uploads/{upload}/known/", {"files": [mark]}, format="json").json()["results"]
    assert (known["status"], known["location"]) == ("partial", first["Location"])


def test_more_than_was_announced_is_refused(announce, append, as_, annotator):
    location = announce(4, path="a.png")["Location"]
    assert append(location, b"12345678", 0).status_code == 413
    assert as_(annotator).get(location).json()["offset"] == 0
    assert append(location, b"1234", 0).status_code == 204


def test_limits_are_checked_before_the_first_byte(announce, settings, project):
    settings.MAX_ZIP_BYTES, settings.MAX_IMAGE_BYTES = 100, 50
    assert announce(101, path="a.zip").status_code == 413
    assert announce(51, path="a.png").status_code == 413
    project.quota_bytes = 30
    project.save()
    assert announce(40, path="a.png").json()["error"]["code"] == "quota_exceeded"
    assert not FilePart.objects.exists()


def test_headers_without_sense_are_refused(as_, annotator, announce, append, project):
    path = f"/api/projects/{project.pk}/files/"
    assert as_(annotator).post(path, HTTP_UPLOAD_LENGTH="5").status_code == 400
    assert as_(annotator).post(path, **TUS).status_code == 400
    assert announce(5).status_code == 400
    assert "empty" in announce(0, path="a.png").json()["error"]["message"]
    assert announce(5, path="a.png", class_from="moon").status_code == 400
    bad = as_(annotator).post(path, HTTP_UPLOAD_LENGTH="5", HTTP_UPLOAD_METADATA="path !!", **TUS)
    assert bad.status_code == 400
    location = announce(5, path="a.png")["Location"]
    assert append(location, b"12345", 0, kind="application/json").status_code == 415
    assert append(location, b"12345", 0, HTTP_UPLOAD_OFFSET="x").status_code == 400
    assert as_(annotator).post(location, **TUS).status_code == 405


def test_others_find_nothing(as_, owner, viewer, stranger, announce, append):
    location = announce(5, path="a.png")["Location"]
    assert append(location, b"12345", 0, user=owner).status_code == 403
    assert append(location, b"12345", 0, user=stranger).status_code == 404
    assert as_(None).get(location).status_code == 401
    assert announce(5, user=viewer, path="a.png").status_code == 403
    assert announce(5, user=stranger, path="a.png").status_code == 404
    assert as_(owner).get(f"/api/files/{uuid.uuid4()}/").status_code == 404


def test_the_server_says_what_it_can(as_, annotator, project):
    answer = as_(annotator).options(f"/api/projects/{project.pk}/files/")
    assert answer["Tus-Version"] == "1.0.0"
    assert "creation" in answer["Tus-Extension"]
    assert int(answer["Tus-Max-Size"]) > 2**30


def test_a_file_that_was_whole_when_the_server_died_is_taken_by_an_empty_piece(
    as_, annotator, announce, append, picture
):
    content = picture()
    location = announce(len(content), path="a.png")["Location"]
    part = FilePart.objects.get()
    folder().mkdir(exist_ok=True)
    part.file.write_bytes(content)  # all bytes, and nobody came to look at them
    assert append(location, b"", len(content)).status_code == 204
    assert as_(annotator).get(location).json()["result"]["status"] == "added"


@pytest.mark.django_db(transaction=True)
def test_the_file_that_ends_its_upload_is_told_what_became_of_it(as_, annotator, announce, append, zipped):
    location = announce(len(zipped), path="last.zip")["Location"]
    append(location, zipped, 0)
    assert Upload.objects.get().status == "completed"
    assert as_(annotator).get(location).json()["result"]["status"] == "added"


def test_an_upload_holds_no_more_large_files_than_it_was_opened_for(announce, open_upload):
    upload = open_upload(2, 100)
    assert announce(60, path="a.zip", upload=upload).status_code == 201
    too_large = announce(50, path="b.zip", upload=upload)
    assert (too_large.status_code, too_large.json()["error"]["code"]) == (413, "too_large")
    assert announce(40, path="b.zip", upload=upload).status_code == 201
    assert announce(1, path="c.zip", upload=upload).status_code == 413
    assert announce(60, path="a.zip", upload=upload).status_code == 201, "it was announced before"
    assert FilePart.objects.count() == 2


def test_large_files_count_in_the_quota_from_their_announcement_on_and_once(
    as_, annotator, announce, append, project, picture
):
    content = picture()
    project.quota_bytes = len(content) + 10
    project.save()
    location = announce(len(content), path="a.png")["Location"]
    assert Space(project).use.arriving == len(content)
    assert announce(11, path="b.png").json()["error"]["code"] == "quota_exceeded"
    assert announce(10, path="b.png").status_code == 201
    append(location, content, 0)
    assert as_(annotator).get(location).json()["result"]["status"] == "added"
    assert (Space(project).use.arriving, Space(project).use.originals) == (10, len(content))


def test_who_goes_on_with_a_large_file_is_not_asked_for_its_room_twice(as_, annotator, announce, open_upload, project):
    project.quota_bytes = 100
    project.save()
    upload = open_upload(1, 80)
    announce(80, path="a.zip", upload=upload, modified="5000")
    mark = {"path": "a.zip", "size_bytes": 80, "modified": 5000}
    answer = as_(annotator).post(f"/api/uploads/{upload}/known/", {"files": [mark]}, format="json")
    assert answer.json()["results"][0]["status"] == "partial"
    assert announce(80, path="a.zip", upload=upload, modified="5000").status_code == 201
