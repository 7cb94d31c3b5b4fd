"""Deleting for good: rows at once, files later and only when nothing needs them any more."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from labelapp.images import originals, preparation
from labelapp.images.models import Image, ImageQuerySet, Leftover, TilePyramid, tile_pyramid
from labelapp.images.models.leftover import SECONDS_UNTIL_SWEPT
from labelapp.lib import stored
from labelapp.projects.models import AuditEntry, Project
from labelapp.projects.models.job import UNFINISHED

SWEPT_AT_ONCE = 5000


def delete_for_good(images: ImageQuerySet, note: Callable[..., object] = lambda images: None) -> int:
    """Delete images with their annotations, a part at a time, so that others can save meanwhile; returns how many.

    Args:
        note: told in each transaction how many ``images`` go with it.
    """
    count = 0
    for some in chunks(list(images.values_list("pk", flat=True))):
        with transaction.atomic():
            rows = still_meant(images, some)
            Image.objects.filter(pk__in=rows).delete()
            Leftover.objects.note(rows.values())
            if rows:
                note(images=len(rows))
        count += len(rows)
    return count


def still_meant(images: ImageQuerySet, ids: list[int]) -> dict[int, str]:
    """Those of the ids that are among the images even now, locked, with their contents: some may be restored."""
    locked = list(Image.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True))
    return dict(images.filter(pk__in=locked).values_list("pk", "sha256"))


def empty_trash() -> None:
    """Delete what has lain in the trash for too long; each project's log says how much."""
    for project in Project.objects.kept().filter(images__in=Image.objects.expired()).distinct():
        tally = AuditEntry.objects.tally(None, "image.expired", project)
        delete_for_good(Image.objects.expired().filter(project=project), tally.add)


def sweep() -> None:
    """Look at contents whose time has come; those that are left are looked at the next time."""
    if stored.held():  # a backup has the rows that show them
        return
    if Project.objects.filter(versions__status__in=UNFINISHED).exists():  # one that is being frozen has them too
        return
    if hashes := list(Leftover.objects.due().values_list("sha256", flat=True)[:SWEPT_AT_ONCE]):
        sweep_files(hashes)


def sweep_files(hashes: list[str]) -> None:
    """Delete the files of contents that no image shows and no frozen version holds any more."""
    young = [sha256 for sha256 in unneeded(hashes) if not sweep_content(sha256)]
    settled = set(hashes) - set(young)
    for some in chunks(sorted(settled)):
        Leftover.objects.filter(pk__in=some).delete()
    Leftover.objects.note(young)


def unneeded(hashes: Iterable[str]) -> set[str]:
    left = set(hashes)
    for some in chunks(sorted(left)):
        left -= set(Image.objects.filter(sha256__in=some).values_list("sha256", flat=True))
    for project in Project.objects.filter(versions__isnull=False).distinct():
        for version in project.versions.completed():
            if not left:
                return left
            left -= version.contents()
    return left


def sweep_content(sha256: str) -> bool:
    """False where somebody has sent the content lately: its row may be on the way."""
    if Image.objects.filter(sha256=sha256).exists():  # since all were looked at together
        return True
    if not stored.discard_old(originals.path_of(sha256), timezone.now() - timedelta(seconds=SECONDS_UNTIL_SWEPT)):
        return False
    for size in preparation.FOLDERS:
        default_storage.delete(preparation.path_of(sha256, size))
    TilePyramid.objects.filter(pk=sha256).delete()
    default_storage.delete(tile_pyramid.path_of(sha256))
    return True


def chunks(rows: list, size: int = 500) -> Iterable[list]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
