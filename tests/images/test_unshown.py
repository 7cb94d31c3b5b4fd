"""Images of which no thumbnail can be made: told with the reason, and tried again."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from labelapp.images import preparation
from labelapp.images.models import Image, Unshown
from labelapp.lib import stored
from labelapp.projects.models import AuditEntry


@pytest.fixture
def unshown(as_, owner, project):
    def read(who=owner) -> dict:
        return as_(who).get(f"/api/projects/{project.pk}/jobs/").json()["unshown"]

    return read


@pytest.fixture
def gone(add):
    """An image whose file is away; returns it and what the file held."""
    image = add("street/a.png")
    content = default_storage.open(image.original).read()
    default_storage.delete(image.original)
    preparation.prepare([image.pk])
    return image, content


def test_the_list_of_jobs_says_which_could_not_be_shown_and_why(unshown, gone):
    found = unshown()
    assert found["count"] == 1
    assert found["first"] == [
        {"id": gone[0].pk, "name": "street/a.png", "reason": "The file of this image is gone from the storage."}
    ]
    assert Image.objects.get().prepared, "nobody tries it again and again"


def test_a_damaged_file_is_told_with_what_is_wrong_with_it(unshown, add):
    image = add()
    default_storage.delete(image.original)
    default_storage.save(image.original, ContentFile(b"\x89PNG\r\n\x1a\n and then nothing"))
    preparation.prepare([image.pk])
    (found,) = unshown()["first"]
    assert found["reason"]


def test_when_the_file_is_back_another_try_shows_it(as_, annotator, project, unshown, gone):
    image, content = gone
    stored.replace(image.original, ContentFile(content))
    address = unshown()["retry"]
    assert as_(annotator).post(address).json() == {"images": 1}
    assert not Image.objects.get().prepared
    assert unshown()["count"] == 0
    preparation.prepare([image.pk])
    assert (Image.objects.get().prepared, Unshown.objects.count()) == (True, 0)
    assert default_storage.exists(preparation.path_of(image.sha256, 256))
    assert AuditEntry.objects.get(verb="image.retried").actor == annotator


def test_another_try_that_fails_is_told_again_once(as_, owner, unshown, gone):
    as_(owner).post(unshown()["retry"])
    for _ in range(2):
        Image.objects.update(prepared=False)
        preparation.prepare([gone[0].pk])
    assert unshown()["count"] == 1


def test_those_in_the_trash_do_not_count_and_a_deleted_image_is_no_trouble(owner, unshown, gone):
    Image.objects.all().move_to_trash(owner)
    assert unshown()["count"] == 0
    Image.objects.trashed().discard()
    assert not Unshown.objects.exists()
    Unshown.objects.note(gone[0].pk, "too late")
    assert not Unshown.objects.exists()


def test_who_may_not_label_is_offered_no_other_try(as_, viewer, stranger, project, unshown, gone):
    found = unshown(viewer)
    assert (found["count"], found["retry"]) == (1, None)
    address = f"/api/projects/{project.pk}/thumbnails/retry/"
    assert as_(viewer).post(address).status_code == 403
    assert as_(stranger).post(address).status_code == 404
    assert as_(None).post(address).status_code == 401
    assert as_(viewer).get(address).status_code == 405
