"""Pictures that are too large to be held are read some rows at a time, behind the same wall."""

import io
import os

import PIL.Image
import pytest

from labelapp.images.decoder.decoder import Limits
from labelapp.images.decoder.pool import Pool
from labelapp.images.decoder.protocol import Unfit

RED = (200, 40, 90)
SIZE = (6000, 5000)  # more than a decoder with so little memory can hold


@pytest.fixture
def pool(tmp_path, request):
    memory = 300 if "RGBA" in request.node.name else 140  # MiB; too little to hold it, enough to read it
    made = Pool(Limits(60, 180, 24 << 20), 1, memory << 20, tmp_path / "lock")
    yield made
    made.close()


def asked(pool, content: bytes, verb: str, told=None, **request):
    descriptor = os.memfd_create("picture")
    try:
        os.write(descriptor, content)
        return pool.ask({"verb": verb, "pixels": 10**9, **request}, descriptor, told)
    finally:
        os.close(descriptor)


def content(format: str, mode: str = "RGB", **save) -> bytes:
    file = io.BytesIO()
    colour = {"RGB": RED, "L": 120, "RGBA": (*RED, 0)}[mode]
    PIL.Image.new(mode, SIZE, colour).save(file, format, **save)
    return file.getvalue()


@pytest.mark.parametrize(
    ("format", "mode", "shown"),
    [("JPEG", "RGB", RED), ("PNG", "L", (120,) * 3), ("PNG", "RGBA", (255,) * 3), ("TIFF", "RGB", RED)],
)
def test_a_large_picture_is_measured_drawn_and_cut_into_tiles(pool, format, mode, shown):
    picture = content(format, mode, **({"compression": "tiff_lzw"} if format == "TIFF" else {}))
    facts = asked(pool, picture, "measure")[0]["facts"]
    assert (facts["format"], facts["width"], facts["height"]) == (format, *SIZE)
    _answer, [display] = asked(pool, picture, "draw", sizes=[(512, 80)])
    assert PIL.Image.open(io.BytesIO(display)).size == (512, 427)
    rows = []
    asked(pool, picture, "tile", lambda head, tiles: rows.append((head["level"], head["row"], tiles)))
    assert [(level, row, len(tiles)) for level, row, tiles in rows if level >= 3] == [(3, 0, 2), (3, 1, 2), (4, 0, 1)]
    assert sum(len(tiles) for _level, _row, tiles in rows) == 12 * 10 + 6 * 5 + 3 * 3 + 2 * 2 + 1
    pixel = PIL.Image.open(io.BytesIO(rows[0][2][0])).convert("RGB").getpixel((9, 9))
    assert all(abs(found - wanted) < 4 for found, wanted in zip(pixel, shown, strict=True))


def test_one_that_is_cut_off_is_refused(pool):
    picture = content("JPEG")
    with pytest.raises(Unfit) as refused:
        asked(pool, picture[: len(picture) // 2], "measure")
    assert refused.value.code in ("cut", "damaged")


def test_one_of_another_format_needs_the_memory(pool):
    with pytest.raises(Unfit) as refused:
        asked(pool, content("BMP"), "measure")
    assert refused.value.code == "memory"
