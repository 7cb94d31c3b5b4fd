import io

import numpy as np
import pytest
from PIL import Image

from training.engine.data.decode import DecodeError, decode, decode_bytes

RED, BLUE = (220, 30, 30), (30, 30, 220)


def picture(mode="RGB", size=(40, 20)):
    """Left half red, right half blue."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def is_red(pixel):
    return pixel[0] > 150 and pixel[2] < 110


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("P", "GIF"), ("RGB", "PNG"), ("RGB", "WEBP"), ("RGB", "TIFF"),
     ("CMYK", "TIFF"), ("RGB", "BMP"), ("RGBA", "PNG")],
)  # fmt: skip
def test_every_mode_becomes_rgb(mode, kind):
    pixels = decode_bytes(encoded(picture(mode), kind))
    assert pixels.shape == (20, 40, 3)
    assert pixels.dtype == np.uint8
    assert is_red(pixels[10, 5])
    assert not is_red(pixels[10, 35])


def test_sixteen_bits_become_eight():
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    pixels = decode_bytes(encoded(Image.fromarray(values), "PNG"))
    assert pixels[0, 0, 0] == 0
    assert pixels[-1, -1, 0] == 255
    assert abs(int(pixels[8, 0, 0]) - 128) < 2


def test_transparency_is_laid_over_white():
    assert decode_bytes(encoded(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG")).min() == 255


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_undone(kind, orientation):
    """What Pillow makes upright, and what the camera saw, is the same picture."""
    turns = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
             5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
             8: Image.Transpose.ROTATE_270}  # fmt: skip
    upright = picture(size=(40, 20))
    stored = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = decode_bytes(encoded(stored, kind, exif=exif))
    assert pixels.shape == (20, 40, 3)
    assert is_red(pixels[2, 2])
    assert is_red(pixels[17, 2])
    assert not is_red(pixels[2, 37])


def test_a_large_jpeg_is_read_at_the_size_that_is_enough():
    data = encoded(picture(size=(1600, 1200)), "JPEG")
    assert decode_bytes(data, enough=200).shape == (300, 400, 3)
    assert decode_bytes(data).shape == (1200, 1600, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_truncated_file_is_refused(kind):
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    data = encoded(noise, kind)
    with pytest.raises(DecodeError):
        decode_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("data", [b"", b"not an image", b"\xff\xd8\xff\xe0" + bytes(100)])
def test_what_is_no_image_is_refused(data):
    with pytest.raises(DecodeError):
        decode_bytes(data)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DecodeError, match="cannot be read"):
        decode(tmp_path / "gone.jpg")
