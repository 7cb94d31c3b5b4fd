"""Deleting for good: rows at once, files later and only when nothing needs them any more."""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction

from labelapp.images import originals, preparation
from labelapp.images.models import Image, ImageQuerySet
from labelapp.images.queue import after_commit

# An upload of the same content may just have found the file stored and be about to create its row.
SECONDS_UNTIL_SWEPT = 600


def delete_for_good(project, images: ImageQuerySet) -> int:
    """Delete images that lie in the trash, with their annotations; returns how many there were."""
    rows = dict(images.trashed().values_list("pk", "sha256"))
    with transaction.atomic():
        for some in chunks(list(rows)):
            Image.objects.filter(pk__in=some).delete()
        # The engine reads originals of frozen versions by content: those stay.
        if not project.versions.exists():
            for some in chunks(list(rows.values())):
                after_commit("labelapp.images.tasks.sweep_files", some, countdown=SECONDS_UNTIL_SWEPT)
    return len(rows)


def sweep_files(hashes: list[str]) -> None:
    """Delete the files of contents that no image shows any more."""
    shown = set(Image.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in set(hashes) - shown:
        for size in preparation.FOLDERS:
            default_storage.delete(preparation.path_of(sha256, size))
        default_storage.delete(originals.path_of(sha256))


def chunks(rows: list, size: int = 500) -> Iterable[list]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
