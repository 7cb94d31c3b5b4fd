import io
import struct
import zlib

import numpy
import PIL.Image
import pytest

from labelapp.images.decoding import Refused, ask, inspect
from labelapp.images.rendering import render, render_all


def saved(picture: PIL.Image.Image, format: str, **options) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file


def half_red(size=(60, 40)) -> PIL.Image.Image:
    """Red at the left half, blue at the right."""
    picture = PIL.Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def drawn(file, size=2048) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(render(file, size))).convert("RGB")


def reason(content: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        inspect(io.BytesIO(content))
    return str(refusal.value)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "JPEG2000", "PPM"])
def test_every_taken_format_is_named_and_measured(format):
    facts = inspect(saved(half_red(), format))
    assert (facts.format, facts.width, facts.height, facts.orientation) == (format, 60, 40, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "WEBP", "TIFF", "PNG"])
def test_a_turned_photo_is_measured_and_drawn_upright(orientation, format):
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    file = saved(half_red(), format, exif=exif)
    facts = inspect(file)
    upright = (60, 40) if orientation < 5 else (40, 60)
    assert (facts.width, facts.height) == upright
    assert facts.orientation == orientation
    picture = drawn(file)
    assert picture.size == upright
    red_corner = {1: (5, 5), 2: (55, 5), 3: (55, 5), 4: (5, 5), 5: (5, 5), 6: (5, 5), 7: (5, 55), 8: (5, 55)}
    red, _green, blue = picture.getpixel(red_corner[orientation])
    assert red > 150 > 100 > blue


def test_an_empty_file_is_refused():
    assert reason(b"") == "The file is empty."


def test_a_text_file_is_refused_as_one():
    assert "a text file" in reason(b"not a picture, whatever its name says\n")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "a HEIC photo"),
        (b"\0\0\0\x18ftypmp42" + bytes(40), "a video"),
        (b"8BPS" + bytes(40), "a Photoshop file"),
    ],
)
def test_what_is_no_picture_of_ours_is_named(content, what):
    assert what in reason(content)


def test_bytes_without_meaning_are_refused():
    assert "not a picture" in reason(bytes(range(128, 256)) * 10)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_file_that_ends_too_early_is_refused(format):
    noise = PIL.Image.effect_noise((200, 200), 80).convert("RGB")
    content = saved(noise, format).getvalue()
    assert reason(content[: len(content) // 2])


def test_a_png_with_a_broken_data_stream_is_refused():
    content = io.BytesIO()
    noise = numpy.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=numpy.uint8)
    PIL.Image.fromarray(noise).save(content, "PNG")
    broken = bytearray(content.getvalue())
    start = broken.index(b"IDAT") + 4
    length = int.from_bytes(broken[start - 8 : start - 4], "big")
    broken[start + 40 : start + 60] = b"\xff" * 20
    broken[start + length : start + length + 4] = zlib.crc32(broken[start - 4 : start + length]).to_bytes(4, "big")
    with pytest.raises(Refused):
        inspect(io.BytesIO(bytes(broken)))


def test_too_many_pixels_are_refused_before_they_are_decoded(settings):
    settings.MAX_IMAGE_PIXELS = 1_000_000
    assert "at most 1 million" in reason(saved(PIL.Image.new("1", (2000, 1000)), "PNG").getvalue())


def test_a_mask_with_too_many_pixels_is_told_how_many_a_mask_may_have():
    with pytest.raises(Refused, match="has 72 million pixels; at most 67 million are taken"):
        ask("values", saved(PIL.Image.new("1", (9000, 8000)), "PNG"))


def test_a_header_that_promises_a_giant_is_refused():
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0, 0)
    assert reason(png + bytes(100))


def test_too_many_bytes_are_refused(settings, picture):
    settings.MAX_IMAGE_BYTES = 100
    assert "MB" in reason(picture(size=(100, 100)))


def test_an_animation_is_its_first_picture_and_says_so():
    frames = [PIL.Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    file = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert inspect(file).note == "Only the first of its 3 pictures is used."
    assert drawn(file).getpixel((10, 10))[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "LAB", "YCbCr"])
def test_every_mode_is_drawn(mode):
    picture = PIL.Image.new("I" if mode == "I;16" else "L", (30, 20), 100)
    picture = picture.convert(mode) if mode not in ("LAB", "LA") else PIL.Image.new(mode, (30, 20))
    file = saved(picture, "PNG" if mode in ("LA", "RGBA") else "TIFF")
    assert drawn(file).size == (30, 20)


def test_what_is_transparent_is_white():
    file = saved(PIL.Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG")
    assert drawn(file).getpixel((10, 10)) == (255, 255, 255)


def test_sixteen_bits_are_scaled_by_the_depth_they_use():
    twelve_bits = numpy.tile(numpy.linspace(0, 4095, 64, dtype="uint16"), (16, 1))
    picture = drawn(saved(PIL.Image.fromarray(twelve_bits), "PNG"))
    assert picture.getpixel((1, 8))[0] < 15
    assert picture.getpixel((62, 8))[0] > 240


def test_floats_are_stretched_from_the_darkest_to_the_brightest():
    values = numpy.tile(numpy.linspace(-1, 1, 64, dtype="float32"), (16, 1))
    picture = drawn(saved(PIL.Image.fromarray(values), "TIFF"))
    assert picture.getpixel((1, 8))[0] < 15
    assert picture.getpixel((62, 8))[0] > 240


def test_renderings_are_no_larger_than_asked_and_never_enlarged():
    large = render_all(saved(half_red((3000, 1500)), "JPEG"), [256, 2048])
    sizes = {size: PIL.Image.open(io.BytesIO(content)).size for size, content in large.items()}
    assert sizes == {256: (256, 128), 2048: (2048, 1024)}
    assert drawn(saved(half_red(), "PNG")).size == (60, 40)
