"""Names what a file is that is no picture of ours, so that its refusal can say so."""

from contextlib import suppress

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

BEGINNINGS = [
    (b"%PDF", gettext_noop("a PDF document")),
    (b"PK\x03\x04", gettext_noop("a ZIP file or an office document")),
    (b"\x1f\x8b", gettext_noop("a gzip file")),
    (b"Rar!", gettext_noop("a RAR file")),
    (b"7z\xbc\xaf", gettext_noop("a 7z file")),
    (b"8BPS", gettext_noop("a Photoshop file")),
    (b"%!PS", gettext_noop("a PostScript file")),
    (b"\xc5\xd0\xd3\xc6", gettext_noop("a PostScript file")),
    (b"v/1\x01", gettext_noop("an OpenEXR picture")),
    (b"DDS ", gettext_noop("a DDS texture")),
    (b"qoif", gettext_noop("a QOI picture")),
    (b"\x00\x00\x01\x00", gettext_noop("an icon file")),
    (b"\x00\x00\x02\x00", gettext_noop("a cursor or TGA file")),
    (b"\xff\x0a", gettext_noop("a JPEG XL picture")),
    (b"\x1a\x45\xdf\xa3", gettext_noop("a video")),
    (b"OggS", gettext_noop("a sound or video file")),
    (b"ID3", gettext_noop("a sound file")),
    (b"SQLite format 3", gettext_noop("a database")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"MZ", gettext_noop("a program")),
]
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def guess(head: bytes) -> str | None:
    """``a PDF document`` for the first bytes of one; None when nothing can be said."""
    for beginning, name in BEGINNINGS:
        if head.startswith(beginning):
            return _(name)
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC_BRANDS:
            return _("a HEIC photo (save it as JPEG)")
        return None if head[8:12] in (b"avif", b"avis") else _("a video")
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return _("a video")
    if head[128:132] == b"DICM":
        return _("a DICOM file")
    return guess_text(head)


def guess_text(head: bytes) -> str | None:
    for cut in range(4):  # the last character may have been cut in two
        with suppress(UnicodeDecodeError):
            text = head[: len(head) - cut].decode("utf-8-sig")
            break
    else:
        return None
    if any(ord(character) < 32 and character not in "\t\n\r\f" for character in text):
        return None
    if "<svg" in text:
        return _("an SVG drawing")
    if text.lstrip().lower().startswith(("<!doctype html", "<html")):
        return _("a web page")
    return _("a text file")
