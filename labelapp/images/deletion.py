"""Deleting for good: rows at once, files later and only when nothing needs them any more."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from labelapp.images import originals, preparation
from labelapp.images.expected import require_expected
from labelapp.images.models import Image, ImageQuerySet
from labelapp.images.models.admission import SECONDS_UNTIL_SWEPT
from labelapp.images.queue import after_commit
from labelapp.lib import stored
from labelapp.projects.models import AuditEntry, Project


def delete_for_good(images: ImageQuerySet, expected: int | None = None) -> int:
    """Delete images with their annotations, a part at a time, so that others can save meanwhile; returns how many."""
    rows = dict(images.values_list("pk", "sha256"))
    require_expected(len(rows), expected)
    for some in chunks(list(rows)):
        with transaction.atomic():
            Image.objects.filter(pk__in=some).delete()
            sweep_later(rows[pk] for pk in some)
    return len(rows)


def empty_trash() -> None:
    """Delete what has lain in the trash for too long; each project's log says how much."""
    for project in Project.objects.kept().filter(images__in=Image.objects.expired()).distinct():
        count = delete_for_good(Image.objects.expired().filter(project=project))
        AuditEntry.objects.note(None, "image.expired", project, images=count)


def sweep_later(hashes: Iterable[str]) -> None:
    for some in chunks(sorted(set(hashes))):
        after_commit("labelapp.images.tasks.sweep_files", some, countdown=SECONDS_UNTIL_SWEPT)


def sweep_files(hashes: list[str]) -> None:
    """Delete the files of contents that no image shows and no frozen version holds any more."""
    if stored.held():  # a backup has the rows that show them
        sweep_later(hashes)
        return
    unneeded = set(hashes) - set(Image.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for project in Project.objects.filter(versions__isnull=False).distinct():
        for version in project.versions.completed():
            if not unneeded:
                return
            unneeded -= version.contents()
    young = {sha256 for sha256 in unneeded if is_young(originals.path_of(sha256))}
    sweep_later(young)
    for sha256 in unneeded - young:
        for size in preparation.FOLDERS:
            default_storage.delete(preparation.path_of(sha256, size))
        default_storage.delete(originals.path_of(sha256))


def is_young(path: str) -> bool:
    """Whether somebody has sent this content lately: its row may be on the way."""
    if not default_storage.exists(path):
        return False
    return timezone.now() - default_storage.get_modified_time(path) < timedelta(seconds=SECONDS_UNTIL_SWEPT)


def chunks(rows: list, size: int = 500) -> Iterable[list]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
