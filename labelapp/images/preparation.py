"""Thumbnails and display sizes lie beside the originals, by the same SHA-256."""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.images import originals
from labelapp.images.decoding import Refused
from labelapp.images.models import Image, Unshown
from labelapp.images.rendering import DISPLAY, THUMBNAIL, render_all
from labelapp.lib import stored

logger = logging.getLogger(__name__)

FOLDERS = {THUMBNAIL: "thumbnails", DISPLAY: "display"}


def path_of(sha256: str, size: int) -> str:
    return f"{FOLDERS[size]}/{sha256[:2]}/{sha256}.webp"


def prepare(ids: list[int]) -> None:
    """Make what is missing for these images; safe to do twice, by several workers at once."""
    done = []
    try:
        for pk, sha256 in Image.objects.filter(pk__in=ids, prepared=False).values_list("pk", "sha256"):
            # It was decoded when it came in: its stored file is damaged or gone now, until a person has seen to it.
            try:
                make(sha256)
            except FileNotFoundError as error:
                logger.error("Image %s (%s) cannot be shown: %s", pk, sha256, error)
                Unshown.objects.note(pk, _("The file of this image is gone from the storage."))
            except Refused as refusal:
                logger.error("Image %s (%s) cannot be shown: %s", pk, sha256, refusal)
                Unshown.objects.note(pk, str(refusal))
            done.append(pk)
    finally:
        Image.objects.filter(pk__in=done).update(prepared=True)


def make(sha256: str) -> dict[int, bytes]:
    """Render the original in both sizes and store them; returns them. Raises Refused or FileNotFoundError."""
    with default_storage.open(originals.path_of(sha256)) as file:
        rendered = render_all(file, FOLDERS)
    for size, content in rendered.items():
        stored.replace(path_of(sha256, size), ContentFile(content))
    return rendered


def rendering(sha256: str, size: int) -> bytes:
    """The stored rendering, made on the spot where no worker has come to it yet."""
    try:
        with default_storage.open(path_of(sha256, size)) as file:
            if complete(content := file.read()):
                return content
    except FileNotFoundError:
        pass
    return make(sha256)[size]


def complete(webp: bytes) -> bool:
    """False while a worker is still writing the file: its head says how long it will be."""
    return len(webp) > 8 and int.from_bytes(webp[4:8], "little") + 8 == len(webp)
