"""Raw pixels of a picture, for those who work on them: upright, and no more than asked for."""

import io

import numpy as np
import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture

from labelapp.annotations.assist import tile_windows
from labelapp.annotations.assist.assistant import assistant
from labelapp.annotations.assist.pictures import Whole, believed
from labelapp.annotations.assist.tile_windows import source_of
from labelapp.images import originals, tiles
from labelapp.images.decoding import Refused, ask
from labelapp.images.models import Image, TilePyramid
from tests.annotations.assist.scenes import THING, bits, disc_bits, discs, overlap, png


def pixels(most: int, **save):
    picture = Picture.new("RGB", (60, 40), (200, 10, 10))
    picture.paste((10, 200, 10), (0, 0, 30, 40))
    file = io.BytesIO()
    picture.save(file, "PNG", **save)
    return believed(*ask("pixels", file, most=most))


def test_all_of_a_small_picture():
    found = pixels(10_000)
    assert found[:2] == (40, 60)
    assert found[2][:3] == bytes([10, 200, 10])
    assert found[2][-3:] == bytes([200, 10, 10])


def test_a_large_one_is_averaged():
    found = pixels(600)
    assert found[:2] == (20, 30)


def test_a_turned_one_is_upright():
    exif = Picture.Exif()
    exif[0x0112] = 6
    found = pixels(10_000, exif=exif)
    assert found[:2] == (60, 40)


@pytest.mark.parametrize(
    ("answer", "blobs"),
    [({"width": 2, "height": 2}, [b"x" * 11]), ({"width": 0, "height": 2}, [b""]), ({"width": "2"}, [b"x"]), ({}, [])],
)
def test_a_decoder_that_says_what_cannot_be_is_not_believed(answer, blobs):
    with pytest.raises(Refused):
        believed(answer, blobs)


@pytest.mark.django_db
def test_of_a_large_image_the_tiles_around_are_read_as_sharp_as_they_are(project, owner, monkeypatch):
    monkeypatch.setattr(tile_windows, "MOST", 10_000)
    monkeypatch.setattr(tile_windows, "MOST_OF_WINDOW", 200_000)
    drawn = discs([(700, 500)], radius=60, size=(1300, 900))
    sha256, size = originals.keep(ContentFile(png(drawn)))
    image = Image.objects.create(
        project=project, name="large.png", sha256=sha256, size_bytes=size, format="PNG", width=1300, height=900,
        created_by=owner,
    )  # fmt: skip
    assert isinstance(source_of(image, (600, 400, 200, 200)), Whole), "as long as there are no tiles"
    tiles.make(image)
    TilePyramid.objects.create(sha256=sha256, status="completed")
    near = source_of(image, (600, 400, 200, 200))
    found = near.read()
    assert (near.level, found.left, found.top, found.columns, found.rows) == (0, 512, 0, 512, 900)
    assert (
        np.abs(np.frombuffer(found.colours, np.uint8).reshape(900, 512, 3)[500, 700 - 512] - np.array(THING)).max() < 25
    )
    far = source_of(image, None).read()
    assert (far.columns, far.rows, far.scale_x, far.scale_y) == (325, 225, 4, 4)
    box = {"box": [620, 420, 160, 160], "shape": "mask"}
    (answer,) = assistant().ask("grabcut", image, box, (600, 400, 200, 200))
    assert overlap(bits(answer["geometry"]), disc_bits((700, 500), 60, (1300, 900))) > 0.95
