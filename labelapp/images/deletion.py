"""Deleting for good: rows at once, files later and only when nothing needs them any more."""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction

from labelapp.images import originals, preparation
from labelapp.images.models import Image, ImageQuerySet
from labelapp.images.queue import after_commit
from labelapp.projects.models import Project

# An upload of the same content may just have found the file stored and be about to create its row.
SECONDS_UNTIL_SWEPT = 600


def delete_for_good(images: ImageQuerySet) -> int:
    """Delete images with their annotations; returns how many there were."""
    rows = dict(images.values_list("pk", "sha256"))
    with transaction.atomic():
        for some in chunks(list(rows)):
            Image.objects.filter(pk__in=some).delete()
        sweep_later(rows.values())
    return len(rows)


def sweep_later(hashes: Iterable[str]) -> None:
    for some in chunks(sorted(set(hashes))):
        after_commit("labelapp.images.tasks.sweep_files", some, countdown=SECONDS_UNTIL_SWEPT)


def sweep_files(hashes: list[str]) -> None:
    """Delete the files of contents that no image shows and no frozen version holds any more."""
    unneeded = set(hashes) - set(Image.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for project in Project.objects.filter(versions__isnull=False).distinct():
        for version in project.versions.completed():
            if not unneeded:
                return
            unneeded -= version.contents()
    for sha256 in unneeded:
        for size in preparation.FOLDERS:
            default_storage.delete(preparation.path_of(sha256, size))
        default_storage.delete(originals.path_of(sha256))


def chunks(rows: list, size: int = 500) -> Iterable[list]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
