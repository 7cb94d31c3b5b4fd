"""Large pictures are seen through tiles, which a worker makes when somebody looks."""

import io
from datetime import timedelta

import PIL.Image
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from labelapp.images import deletion, tiles
from labelapp.images.decoder.levels import grids, sizes
from labelapp.images.models import Image, TilePyramid
from labelapp.images.models.tile_pyramid import path_of
from labelapp.lib.passing import Lacking

SIZE = (1300, 700)
JPEG = b"\xff\xd8\xff"


@pytest.fixture
def image(add) -> Image:
    return add(size=SIZE, format="JPEG", quality=95)


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """Contents whose tiles a worker was asked for."""
    asked: list[str] = []
    monkeypatch.setattr("labelapp.images.models.tile_pyramid.after_commit", lambda _task, sha256: asked.append(sha256))
    return asked


def picture_of(response) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(b"".join(response))).convert("RGB")


def test_levels_are_halves_down_to_a_single_tile():
    assert sizes(*SIZE) == [(1300, 700), (650, 350), (325, 175)]
    assert grids(*SIZE) == [(3, 2), (2, 1), (1, 1)]
    assert grids(10, 10) == [(1, 1)]
    assert len(grids(30_000, 30_000)) == 7


def test_whoever_asks_first_has_them_made_and_then_they_are_there(as_, viewer, image, sent):
    client, url = as_(viewer), f"/api/images/{image.pk}/tiles/"
    first = client.get(url).json()
    assert (first["status"], first["tile"], first["levels"][0]) == ("queued", 512, list(SIZE))
    client.get(url)
    assert sent == [image.sha256]
    tiles.perform(image.sha256)
    done = client.get(url).json()
    assert (done["status"], done["progress"], done["error"]) == ("completed", 1, "")


def test_tiles_show_the_picture_at_every_level(as_, viewer, image, sent):
    TilePyramid.objects.wanted(image.sha256)
    tiles.perform(image.sha256)
    whole = PIL.Image.open(default_storage.open(image.original)).convert("RGB")
    for level, (columns, rows) in enumerate(grids(*SIZE)):
        small = whole
        for _step in range(level):
            small = small.reduce(2)
        for column in range(columns):
            for row in range(rows):
                response = as_(viewer).get(f"/api/images/{image.pk}/tiles/{level}/{column}/{row}/")
                assert response["Content-Type"] == "image/jpeg"
                left, top = column * 512, row * 512
                wanted = small.crop((left, top, min(left + 512, small.width), min(top + 512, small.height)))
                shown = picture_of(response)
                assert shown.size == wanted.size
                means = [
                    sum(each.resize((1, 1), PIL.Image.Resampling.BOX).getpixel((0, 0))) for each in (shown, wanted)
                ]
                assert abs(means[0] - means[1]) < 9


def test_a_picture_that_must_be_turned_is_upright_in_its_tiles(add, sent):
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    image = add(size=(700, 300), format="JPEG", exif=exif)
    assert (image.width, image.height) == (300, 700)
    tiles.make(image)
    shown = PIL.Image.open(io.BytesIO(tiles.read(image.sha256, 300, 700, 0, 0, 1)))
    assert shown.size == (300, 188)


def test_tiles_are_kept_by_the_browser_and_for_members_only(as_, viewer, stranger, image, sent):
    url = f"/api/images/{image.pk}/tiles/0/2/1/"
    assert as_(viewer).get(url).status_code == 404  # none yet
    tiles.make(image)
    response = as_(viewer).get(url)
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in response["Content-Security-Policy"]
    assert as_(viewer).get(url, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    for address in (url, f"/api/images/{image.pk}/tiles/"):
        assert as_(stranger).get(address).status_code == 404
        assert as_(None).get(address).status_code == 401
        assert as_(viewer).post(address).status_code == 405
    for place in ("0/3/0", "0/0/2", "3/0/0", "9/0/0"):
        assert as_(viewer).get(f"/api/images/{image.pk}/tiles/{place}/").status_code == 404


def test_work_that_got_lost_is_asked_for_again_and_done_by_one_worker_only(image, sent):
    TilePyramid.objects.wanted(image.sha256)
    assert TilePyramid.objects.claim(image.sha256)
    assert not TilePyramid.objects.claim(image.sha256)
    TilePyramid.objects.wanted(image.sha256)
    TilePyramid.objects.update(told_at=timezone.now() - timedelta(minutes=5))
    assert TilePyramid.objects.wanted(image.sha256).status == "queued"
    assert sent == [image.sha256] * 2


def test_tiles_whose_file_is_gone_are_made_again(image, sent):
    TilePyramid.objects.wanted(image.sha256)
    tiles.perform(image.sha256)
    default_storage.delete(path_of(image.sha256))
    assert TilePyramid.objects.wanted(image.sha256).status == "queued"
    assert len(sent) == 2


def test_a_machine_that_is_too_busy_is_asked_again(image, sent, monkeypatch):
    TilePyramid.objects.wanted(image.sha256)

    def busy(*_given):
        raise Lacking("The machine is too busy")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(tiles, "ask", busy)
        tiles.perform(image.sha256)
    assert TilePyramid.objects.wanted(image.sha256).status == "queued"
    tiles.perform(image.sha256)
    assert TilePyramid.objects.get(pk=image.sha256).status == "completed"


def test_an_original_that_is_gone_or_damaged_is_told(image, sent):
    TilePyramid.objects.wanted(image.sha256)
    default_storage.delete(image.original)
    tiles.perform(image.sha256)
    pyramid = TilePyramid.objects.wanted(image.sha256)
    assert (pyramid.status, bool(pyramid.error)) == ("failed", True)


def test_tiles_go_with_the_last_image_that_shows_them(image, sent):
    TilePyramid.objects.wanted(image.sha256)
    tiles.perform(image.sha256)
    Image.objects.all().delete()
    default_storage.delete(image.original)
    assert deletion.sweep_content(image.sha256)
    assert not default_storage.exists(path_of(image.sha256))
    assert not TilePyramid.objects.exists()


@pytest.mark.parametrize(
    ("level", "row", "given"),
    [(0, 0, [JPEG]), (0, 2, [JPEG] * 3), (3, 0, [JPEG]), (0, 0, [JPEG, JPEG, b"<svg>"]), (0, -1, [JPEG] * 3)],
)
def test_what_a_decoder_says_is_not_believed(level, row, given):
    with pytest.raises(ValueError):
        tiles.Writer(io.BytesIO(), *SIZE).add(level, row, given)


def test_a_row_does_not_come_twice_and_none_may_be_missing():
    writer = tiles.Writer(io.BytesIO(), *SIZE)
    writer.add(0, 0, [JPEG] * 3)
    with pytest.raises(ValueError):
        writer.add(0, 0, [JPEG] * 3)
    with pytest.raises(ValueError):
        writer.close()
