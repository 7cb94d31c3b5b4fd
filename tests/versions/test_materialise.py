import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from labelapp.images.models import Image
from labelapp.lib.disk_storage import DiskStorage
from labelapp.projects.models.job import JobFailure

pytestmark = pytest.mark.django_db


class RemoteStorage(DiskStorage):
    """Files that have no path on this machine, as in an object store."""

    def path(self, name):
        raise NotImplementedError

    def _open(self, name, mode="rb"):
        return ContentFile(_local().open(name).read())

    def exists(self, name):
        return _local().exists(name)

    def _save(self, name, content):
        return _local()._save(name, content)

    def delete(self, name):
        return _local().delete(name)


def _local():
    return DiskStorage()


@pytest.fixture
def version(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 6)
    for image in Image.objects.all():
        content = f"picture {image.pk}".encode()
        sha = hashlib.sha256(content).hexdigest()
        Image.objects.filter(pk=image.pk).update(sha256=sha)
        default_storage.save(f"originals/{sha[:2]}/{sha}", ContentFile(content))
    return freeze(project, owner)


def test_on_a_local_disk_nothing_is_copied(version, tmp_path):
    folder, originals = version.materialise(tmp_path / "cache")
    assert (folder / "manifest.parquet").exists()
    sha = Image.objects.first().sha256
    assert (originals / sha[:2] / sha).exists()
    assert not (tmp_path / "cache").exists()


def test_from_an_object_store_all_is_downloaded_once(version, tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.RemoteStorage"}}
    cache = tmp_path / "cache"
    folder, originals = version.materialise(cache)
    assert (folder / "version.json").exists()
    files = {path: path.stat().st_mtime_ns for path in cache.rglob("*") if path.is_file()}
    assert len(files) == 6 + 2
    assert version.materialise(cache) == (folder, originals)
    assert files == {path: path.stat().st_mtime_ns for path in cache.rglob("*") if path.is_file()}


def test_a_damaged_original_is_refused(version, tmp_path, settings):
    sha = Image.objects.first().sha256
    name = f"originals/{sha[:2]}/{sha}"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"other bytes"))
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.RemoteStorage"}}
    with pytest.raises(JobFailure, match="damaged"):
        version.materialise(tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob(".download-*"))
