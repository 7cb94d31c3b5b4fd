"""Files that are made to do harm, and files that only look like it; each by the name that it is sent under."""

import io
import random
import struct
import zipfile
import zlib

import PIL.Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
PAGE = b"<!DOCTYPE html><html><body onload='alert(1)'><script>alert(2)</script></body></html>"


def saved(picture: PIL.Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def noise(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> PIL.Image.Image:
    # Seeded, so that every file is another one and the same each time.
    each = len(PIL.Image.new(mode, (1, 1)).tobytes())
    return PIL.Image.frombytes(mode, size, random.Random(f"{mode}{size}").randbytes(size[0] * size[1] * each))


def png(width: int, height: int, *chunks: tuple[bytes, bytes], bits: int = 8, colour: int = 0) -> bytes:
    """A PNG whose header says so, whatever its data holds."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, data in [(b"IHDR", header), *chunks, (b"IEND", b"")]:
        parts.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return b"".join(parts)


def packed_zeros(count: int) -> bytes:
    """So many zero bytes, compressed without ever being held."""
    packer, piece = zlib.compressobj(9), bytes(1 << 20)
    return b"".join([*(packer.compress(piece) for _ in range(count >> 20)), packer.flush()])


def gif(width: int, height: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return head + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00;"


def tiff(width: int, height: int) -> bytes:
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 200), (277, 3, 1),
               (278, 4, height), (279, 4, 10)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(200)


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan is said again and again: each costs a pass over the whole picture."""
    content = saved(PIL.Image.new("L", (6000, 4000), 90), "JPEG", progressive=True)
    start = content.rindex(b"\xff\xda")
    scan = content[start:-2]
    return content[:-2] + scan * count + b"\xff\xd9"


def moving(frames: int) -> bytes:
    more = [noise("L", (49, 30)).rotate(90 * number) for number in range(1, frames)]
    return saved(noise("L", (49, 30)), "GIF", save_all=True, append_images=more)


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as zipped:
        for name, content in members:
            zipped.writestr(name, content)
    return file.getvalue()


def link(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info, target


def encrypted() -> bytes:
    """The directory says that the one member is encrypted; nobody gets as far as to try."""
    content = bytearray(archive(("a.png", saved(noise(), "PNG"))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


# Name, content, what the reason must say.
REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.jpg", b"", "empty"),
    ("cut.jpg", saved(noise(size=(300, 300)), "JPEG")[:9000], "ends too early"),
    ("cut.png", saved(noise(size=(300, 300)), "PNG")[:9000], "ends too early"),
    ("bomb.png", png(60_000, 60_000, (b"IDAT", packed_zeros(4 << 20))), "pixels"),
    ("header.png", png(2**31 - 1, 2**31 - 1, (b"IDAT", b"x")), "pixels"),
    ("bomb.gif", gif(65_535, 65_535), "pixels"),
    ("bomb.tif", tiff(100_000, 100_000), "pixels"),
    ("text.png", png(10, 10, (b"zTXt", b"a\0\0" + packed_zeros(80 << 20)), (b"IDAT", zlib.compress(bytes(110)))), ""),
    ("profile.png", saved(noise(size=(45, 30)), "PNG", icc_profile=bytes(2 << 20)), ""),
    ("drawing.svg", SVG, "SVG"),
    ("drawing.png", SVG, "SVG"),
    ("page.jpg", PAGE, "web page"),
    ("inner.zip", archive(("again.zip", archive(("a.png", saved(noise(), "PNG"))))), "None of the files"),
    ("zeros.zip", archive(("a.bmp", bytes(60 << 20))), "bomb"),
    ("outside.zip", archive(("../../etc/passwd.png", b"x")), "leads out"),
    ("absolute.zip", archive(("/etc/passwd.png", b"x")), "leads out"),
    ("drive.zip", archive(("C:\\Windows\\a.png", b"x")), "leads out"),
    ("link.zip", archive(link("a.png", b"/etc/passwd")), "link"),
    ("encrypted.zip", encrypted(), "encrypted"),
    ("broken.zip", archive(("a.png", saved(noise(), "PNG")))[:-30], "not a ZIP"),
]  # fmt: skip

ADDED: list[tuple[str, bytes, tuple[int, int]]] = [
    ("page behind a picture.jpg", saved(noise(size=(41, 30)), "JPEG") + PAGE, (41, 30)),
    ("page.html", saved(noise(size=(42, 30)), "PNG"), (42, 30)),
    ("exif.jpg", saved(noise(size=(43, 30)), "JPEG", exif=b"Exif\0\0" + bytes(range(256)) * 200), (43, 30)),
    ("profile.jpg", saved(noise(size=(44, 30)), "JPEG", icc_profile=b"\xff" * 200_000), (44, 30)),
    ("sixteen bits.png", saved(noise("I;16", (46, 30)), "PNG"), (46, 30)),
    ("printer.jpg", saved(noise("CMYK", (47, 30)), "JPEG"), (47, 30)),
    ("palette.png", saved(noise("RGB", (48, 30)).quantize(16), "PNG"), (48, 30)),
    ("moving.gif", moving(9), (49, 30)),
]  # fmt: skip

NAMES = {
    "a\u202egpj.exe.png": "agpj.exe.png",
    "tab\tline\nnull\x00.png": "tablinenull.png",
    "../../../etc/passwd.png": "etc/passwd.png",
    "<img src=x onerror=alert(1)>.png": "<img src=x onerror=alert(1)>.png",
    "\\\\server\\share\\a.png": "server/share/a.png",
}
