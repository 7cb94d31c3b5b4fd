"""Large files that nobody goes on with: given up, cancelled, swept."""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from labelapp.images.models import FilePart, Image, Leftover, Upload
from labelapp.images.models.file_part import folder, sweep_parts
from labelapp.projects.errors import Conflict
from tests.annotations.sending_parts import TUS


def test_giving_up_and_cancelling_leave_no_file(as_, annotator, announce, append):
    location = announce(10, path="a.zip")["Location"]
    append(location, b"12345", 0)
    assert as_(annotator).delete(location, **TUS).status_code == 204
    assert as_(annotator).get(location).status_code == 404
    append(announce(10, path="b.zip")["Location"], b"12345", 0)
    for upload in Upload.objects.filter(status="running"):
        upload.cancel()
    assert not list(folder().iterdir())


def test_pieces_without_a_row_are_swept_when_they_are_old(announce, append):
    append(announce(10, path="a.zip")["Location"], b"12345", 0)
    kept = FilePart.objects.get().file
    orphan, young = folder() / str(uuid.uuid4()), folder() / str(uuid.uuid4())
    for each in (orphan, young):
        each.write_bytes(b"x")
    for each in (orphan, kept):
        os.utime(each, (time.time() - 7200,) * 2)
    sweep_parts()
    assert (kept.exists(), orphan.exists(), young.exists()) == (True, False, True)


def test_finishing_an_upload_gives_up_what_is_not_whole(
    as_, annotator, announce, append, open_upload, zipped, django_capture_on_commit_callbacks
):
    upload = open_upload(2, len(zipped) + 10)
    whole = announce(len(zipped), path="whole.zip", upload=upload)["Location"]
    half = announce(10, path="half.zip", upload=upload)["Location"]
    append(whole, zipped, 0)
    append(half, b"12345", 0)
    with django_capture_on_commit_callbacks(execute=True):
        as_(annotator).post(f"/api/uploads/{upload}/finish/")
    assert not list(folder().iterdir())
    assert as_(annotator).get(half).status_code == 404
    assert as_(annotator).get(whole).json()["result"]["status"] == "added"


def test_parts_go_with_what_is_remembered_of_the_upload(announce, append, picture):
    content = picture()
    append(announce(len(content), path="a.png")["Location"], content, 0)
    sweep_parts()
    assert FilePart.objects.count() == 1
    long_ago = timezone.now() - timedelta(days=8)
    Upload.objects.update(finished_at=long_ago, heartbeat_at=long_ago)
    sweep_parts()
    assert not FilePart.objects.exists()
    assert not list(folder().iterdir())


def test_a_piece_that_was_being_written_when_its_upload_was_cancelled_is_swept(announce, append):
    append(announce(10, path="a.zip")["Location"], b"12345", 0)
    with FilePart.objects.get().locked():
        Upload.objects.get().cancel()
        assert FilePart.objects.get().file.exists()
    sweep_parts()
    assert not FilePart.objects.exists()
    assert not list(folder().iterdir())


def test_nobody_gives_up_a_file_while_another_request_writes_to_it(as_, annotator, announce, append):
    location = announce(10, path="a.zip")["Location"]
    with FilePart.objects.get().locked():
        answer = as_(annotator).delete(location, **TUS)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "locked")
    assert as_(annotator).delete(location, **TUS).status_code == 204


def test_cancelling_while_the_last_piece_is_taken_ends_it_with_a_reason_and_no_file(
    as_, annotator, announce, append, picture, monkeypatch
):
    content = picture()
    location = announce(len(content), path="a.png")["Location"]
    received = Upload.receive

    def cancelled_meanwhile(upload, files):
        Upload.objects.get().cancel()
        received(upload, files)

    monkeypatch.setattr(Upload, "receive", cancelled_meanwhile)
    answer = append(location, content, 0)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "cancelled")
    sweep_parts()
    assert not Image.objects.exists()
    assert Leftover.objects.count() == 1, "its stored content is shown by nothing"
    assert not list(folder().iterdir())


def test_a_file_whose_row_goes_while_it_is_taken_is_no_error(announce, append, picture, monkeypatch):
    content = picture()
    location = announce(len(content), path="a.png")["Location"]
    received = Upload.receive

    def and_then_gone(upload, files):
        received(upload, files)
        FilePart.objects.all().delete()

    monkeypatch.setattr(Upload, "receive", and_then_gone)
    assert append(location, content, 0).status_code == 204
    assert not list(folder().iterdir())


def test_who_waited_for_a_file_that_was_given_up_is_told(announce, append):
    append(announce(10, path="a.zip")["Location"], b"12345", 0)
    part = FilePart.objects.get()
    FilePart.objects.get().discard()
    with pytest.raises(Conflict), part.locked():
        pass
    assert not list(folder().iterdir())


def test_a_file_that_goes_while_the_sweep_looks_at_it_ends_nothing(db, monkeypatch):
    folder().mkdir()
    going, orphan = folder() / str(uuid.uuid4()), folder() / str(uuid.uuid4())
    for each in (going, orphan):
        each.write_bytes(b"x")
        os.utime(each, (time.time() - 7200,) * 2)
    looked = Path.stat

    def stat(path, **options):
        if path == going:
            raise FileNotFoundError(path)
        return looked(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    sweep_parts()
    assert {each.name for each in folder().iterdir()} == {going.name}
