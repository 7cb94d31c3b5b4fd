import io

import PIL.Image
import pytest
from django.core.files.storage import default_storage

from labelapp.images import preparation, tasks
from labelapp.images.models import Image

KINDS = ["file", "thumbnail", "display"]


def body_of(response) -> bytes:
    return b"".join(response)


def test_the_original_comes_back_as_it_was(as_, viewer, add):
    image = add("signs/Ünï.png")
    response = as_(viewer).get(f"/api/images/{image.pk}/file/")
    assert body_of(response) == default_storage.open(image.original).read()
    assert response["Content-Type"] == "image/png"
    assert response["Content-Length"] == str(image.size_bytes)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%9Cn%C3%AF.png")


def test_the_original_is_offered_under_a_name_of_its_format(as_, viewer, add):
    answer = as_(viewer).get(f"/api/images/{add('evil.html').pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="evil.html.png"'


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_are_safe_and_kept_by_the_browser(as_, viewer, add, kind):
    url, client = f"/api/images/{add().pk}/{kind}/", as_(viewer)
    response = client.get(url, HTTP_ACCEPT="image/avif,image/webp")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    again = client.get(url, HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304
    assert again["ETag"] == response["ETag"]


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_are_for_members_only(as_, stranger, viewer, add, kind):
    url = f"/api/images/{add().pk}/{kind}/"
    assert as_(stranger).get(url).status_code == 404
    assert as_(None).get(url).status_code == 401
    assert as_(viewer).post(url).status_code == 405
    assert as_(viewer).get(f"/api/images/999/{kind}/").status_code == 404


@pytest.mark.parametrize(("kind", "size"), [("thumbnail", (256, 192)), ("display", (400, 300))])
def test_what_is_not_prepared_is_made_on_the_spot(as_, viewer, add, kind, size):
    response = as_(viewer).get(f"/api/images/{add(size=(400, 300)).pk}/{kind}/")
    assert response["Content-Type"] == "image/webp"
    assert PIL.Image.open(io.BytesIO(body_of(response))).size == size


def test_a_thumbnail_takes_few_queries(as_, viewer, add, django_assert_max_num_queries):
    image, client = add(), as_(viewer)
    with django_assert_max_num_queries(4):
        client.get(f"/api/images/{image.pk}/thumbnail/")


def test_a_lost_original_is_not_found(as_, viewer, add):
    image = add()
    default_storage.delete(image.original)
    for kind in KINDS:
        assert as_(viewer).get(f"/api/images/{image.pk}/{kind}/").status_code == 404


def test_preparation_makes_both_sizes_once(add):
    image = add()
    tasks.prepare_images([image.pk])
    tasks.prepare_images([image.pk, 999])
    image.refresh_from_db()
    assert image.prepared
    assert all(default_storage.exists(preparation.path_of(image.sha256, size)) for size in preparation.FOLDERS)
    assert not Image.objects.unprepared().exists()


def test_an_image_left_unprepared_is_rescued_after_a_minute(add):
    young, old = add("1.png", 1), add("2.png", 2)
    Image.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00:00Z")
    tasks.rescue_images()
    assert set(Image.objects.values_list("pk", "prepared")) == {(young.pk, False), (old.pk, True)}


def test_a_damaged_original_is_not_tried_for_ever(add):
    image = add()
    default_storage.delete(image.original)
    tasks.prepare_images([image.pk])
    assert not Image.objects.unprepared().exists()


def test_a_thumbnail_still_being_written_is_not_shown(as_, viewer, add):
    image = add()
    tasks.prepare_images([image.pk])
    path = default_storage.path(preparation.path_of(image.sha256, 256))
    with open(path, "r+b") as file:  # noqa: PTH123
        file.truncate(20)
    assert PIL.Image.open(io.BytesIO(body_of(as_(viewer).get(f"/api/images/{image.pk}/thumbnail/")))).size == (32, 24)
