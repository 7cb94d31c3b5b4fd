"""A picture as the browser shall see it: upright, sRGB, 8 bits, on white, no larger than asked."""

from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _

from labelapp.images.decoding import Refused, ask

THUMBNAIL = 256
DISPLAY = 2048
QUALITY = {THUMBNAIL: 78, DISPLAY: 85}


def render(file: IO[bytes], size: int) -> bytes:
    """The picture as WebP, its longer side at most ``size`` pixels; raises ``decoding.Refused``."""
    return render_all(file, [size])[size]


def render_all(file: IO[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """As ``render``, for several sizes by decoding once."""
    descending = sorted(sizes, reverse=True)
    _nothing, drawn = ask("draw", file, sizes=[(size, QUALITY.get(size, 85)) for size in descending])
    if len(drawn) != len(descending) or not all(each[:4] == b"RIFF" and each[8:12] == b"WEBP" for each in drawn):
        raise Refused(_("The picture is damaged and cannot be decoded."))
    return dict(zip(descending, drawn, strict=True))
