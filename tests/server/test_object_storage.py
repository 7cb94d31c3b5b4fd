"""The default storage as an S3-compatible object store, against a real server."""

import hashlib
import io
import threading
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from labelapp.images import deletion, originals, preparation
from labelapp.images.models import Image
from labelapp.lib import stored

LARGE = 9 << 20  # sent in parts


@pytest.fixture
def original(bucket):
    content = b"a picture" * 1000
    sha256, _size = originals.keep(ContentFile(content))
    bucket.clear()
    return content, originals.path_of(sha256)


def test_a_new_original_takes_two_requests(bucket):
    sha256, size = originals.keep(ContentFile(b"new"))
    assert bucket == ["HeadObject", "PutObject"]
    assert default_storage.open(originals.path_of(sha256)).read() == b"new"
    assert size == 3


def test_a_known_original_is_not_sent_again_but_looks_new(bucket, original):
    content, path = original
    originals.keep(ContentFile(content))
    assert bucket == ["HeadObject", "CopyObject"]
    before = default_storage.get_modified_time(path)
    deadline = time.monotonic() + 10
    while default_storage.get_modified_time(path) == before and time.monotonic() < deadline:
        originals.keep(ContentFile(content))  # the server counts in seconds
    assert default_storage.get_modified_time(path) > before
    assert default_storage.open(path).read() == content


def test_an_original_of_another_size_is_replaced(bucket, original):
    content, path = original
    stored.replace(path, ContentFile(b"cut off"))
    originals.keep(ContentFile(content))
    assert default_storage.open(path).read() == content


def test_a_file_is_opened_by_one_request(bucket, original):
    content, path = original
    with default_storage.open(path) as file:
        assert file.read() == content
        file.seek(2)
        assert file.read(7) == b"picture"
    assert bucket == ["GetObject"]


def test_a_file_is_read_from_any_byte_on(bucket, original):
    content, path = original
    source = stored.reader(path, 2)
    assert source.read(7) == b"picture"
    assert source.read() == content[9:]
    source.close()
    assert bucket == ["GetObject"]


def test_a_missing_file_is_said_to_be_missing(bucket):
    for look in (default_storage.open, stored.reader, default_storage.size):
        with pytest.raises(FileNotFoundError):
            look("originals/no/nothing")
    assert not default_storage.exists("originals/no/nothing")
    default_storage.delete("originals/no/nothing")


def test_a_large_file_arrives_whole(bucket, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(b"0123456789abcdef" * (LARGE // 16))
    with path.open("rb") as file:
        stored.replace("exports/1/large.zip", File(file))
    assert "UploadPart" in bucket
    digest = hashlib.sha256(default_storage.open("exports/1/large.zip").read()).hexdigest()
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_saving_under_a_taken_name_takes_another(bucket):
    first = default_storage.save("imports/labels.csv", ContentFile(b"1"))
    second = default_storage.save("imports/labels.csv", ContentFile(b"2"))
    assert first != second
    assert default_storage.open(first).read() == b"1"


def test_a_folder_is_removed_with_all_in_it_and_nothing_beside(bucket):
    for name in ("versions/1/1/a", "versions/1/1/b", "versions/1/12/c"):
        default_storage.save(name, ContentFile(b"x"))
    stored.remove_folder("versions/1/1")
    assert default_storage.listdir("versions/1") == (["12"], [])
    stored.remove_folder("versions/9")


def test_all_threads_share_one_client(bucket):
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(id(default_storage.client))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {id(default_storage.client)}


@pytest.mark.django_db
def test_renderings_are_made_and_served_in_few_requests(bucket, picture):
    sha256, _size = originals.keep(ContentFile(picture(size=(400, 300))))
    bucket.clear()
    preparation.make(sha256)
    assert bucket == ["GetObject", "PutObject", "PutObject"]
    bucket.clear()
    assert preparation.rendering(sha256, 256)[:4] == b"RIFF"
    assert bucket == ["GetObject"]


@pytest.mark.django_db
def test_an_uploaded_image_comes_back_as_it_was(bucket, owner, project, as_, picture):
    client, content = as_(owner), picture(3)
    file = io.BytesIO(content)
    file.name = "a.png"
    answer = client.post(f"/api/projects/{project.pk}/images/", {"files": [file]}, format="multipart")
    [result] = answer.json()["results"]
    assert bucket == ["HeadObject", "PutObject"]
    assert b"".join(client.get(f"/api/images/{result['id']}/file/")) == content
    assert client.get(f"/api/images/{result['id']}/thumbnail/").content[:4] == b"RIFF"
    default_storage.delete(Image.objects.get().original)
    assert client.get(f"/api/images/{result['id']}/file/").status_code == 404


@pytest.mark.django_db
def test_the_sweep_takes_old_contents_and_spares_new_ones(bucket, monkeypatch, picture):
    sha256, _size = originals.keep(ContentFile(picture()))
    preparation.make(sha256)
    path = originals.path_of(sha256)
    deletion.sweep_files([sha256])
    assert default_storage.exists(path), "somebody may just be adding it again"
    later = timezone.now() + timedelta(seconds=deletion.SECONDS_UNTIL_SWEPT + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    deletion.sweep_files([sha256])
    assert not default_storage.exists(path)
    assert not default_storage.exists(preparation.path_of(sha256, 256))
