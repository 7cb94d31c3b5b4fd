"""From an image file to upright RGB pixels, whatever the file holds."""

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

# OpenCV reads these well and fast; everything else goes through Pillow.
_OPENCV_FORMATS = {"JPEG", "PNG", "BMP", "WEBP"}
_ORIENTATION = 0x0112
_END_OF_JPEG = b"\xff\xd9"


class DecodeError(Exception):
    """A file that holds no readable image; the message says why."""


def decode(path: Path, enough: int | None = None) -> np.ndarray:
    """Returns the upright RGB pixels of an image file.

    EXIF orientation is applied; transparency is laid over white; CMYK, palette and 16-bit images become 8-bit RGB; of
    an animation the first frame counts.

    Args:
        path: the file; its name does not matter.
        enough: shorter edge in pixels below which nothing is gained by more. A JPEG is then read at 1/2, 1/4 or 1/8
            where that leaves at least as much, which is several times faster on large photos.

    Returns:
        An array of shape (height, width, 3), uint8.

    Raises:
        DecodeError: the file is missing, truncated or no image.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DecodeError(f"the file cannot be read ({error.strerror})") from error
    return decode_bytes(data, enough)


def upright_size(path: Path, decoded: np.ndarray) -> tuple[int, int]:
    """Returns width and height of an image as `decode` gives it whole.

    Args:
        path: of the file.
        decoded: what `decode` gave, perhaps smaller.
    """
    with Image.open(path) as image:
        width, height = image.size
    turned = (width > height) != (decoded.shape[1] > decoded.shape[0]) and width != height
    return (height, width) if turned else (width, height)


def decode_bytes(data: bytes, enough: int | None = None) -> np.ndarray:
    """As `decode`, from the content of the file."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if _opencv_can(image, data):
                pixels = _by_opencv(image, data, enough)
                if pixels is not None:
                    return pixels
            return _by_pillow(image)
    except DecodeError:
        raise
    except Exception as error:  # Pillow's plug-ins raise almost anything on hostile files
        reason = str(error) or type(error).__name__
        raise DecodeError("it is no image" if "cannot identify" in reason else reason) from error


def _opencv_can(image: Image.Image, data: bytes) -> bool:
    if image.format not in _OPENCV_FORMATS or image.mode not in ("RGB", "L") or "transparency" in image.info:
        return False
    # OpenCV fills a truncated JPEG with grey and says nothing; Pillow refuses it.
    return image.format != "JPEG" or _END_OF_JPEG in data[-65536:]


def _by_opencv(image: Image.Image, data: bytes, enough: int | None) -> np.ndarray | None:
    flag = cv2.IMREAD_COLOR
    if enough and image.format == "JPEG":
        spare = min(image.size) // enough
        if spare >= 8:
            flag = cv2.IMREAD_REDUCED_COLOR_8
        elif spare >= 4:
            flag = cv2.IMREAD_REDUCED_COLOR_4
        elif spare >= 2:
            flag = cv2.IMREAD_REDUCED_COLOR_2
    # The orientation is applied below: OpenCV honours it for some formats only.
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if bgr is None:
        return None
    return upright(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), image.getexif().get(_ORIENTATION, 1))


def _by_pillow(image: Image.Image) -> np.ndarray:
    image.load()
    frame = ImageOps.exif_transpose(image)
    if frame.mode.startswith("I;16") or frame.mode in ("I", "F"):
        return np.repeat(_to_eight_bits(np.asarray(frame))[:, :, None], 3, axis=2)
    if frame.has_transparency_data:
        rgba = frame.convert("RGBA")
        frame = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return np.array(frame.convert("RGB"))


def _to_eight_bits(values: np.ndarray) -> np.ndarray:
    """Returns greys of 16 bits and more as 0..255: full 16-bit range where it is used, else from least to most."""
    grey = np.nan_to_num(values.astype(np.float64))
    low, high = float(grey.min()), float(grey.max())
    if low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    return np.round((grey - low) * (255.0 / max(high - low, 1e-12))).astype(np.uint8)


def upright(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """Returns pixels turned as EXIF orientation 1..8 asks; other values leave them.

    Args:
        pixels: shape (height, width, channels).
        orientation: value of EXIF tag 0x0112.
    """
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
