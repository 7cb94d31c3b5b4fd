"""Do rows and files belong together? Sampled, or all of them."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.images import originals, preparation
from labelapp.images.models import Image
from labelapp.images.rendering import THUMBNAIL
from labelapp.projects.models import Project
from labelapp.watching.finding import Finding, problem, warning, well
from training.models import Model

SAMPLE_ROWS = 500
SAMPLE_STRETCHES = 50
SAMPLE_FOLDERS = 8
FOLDERS = [f"{number:02x}" for number in range(256)]
ON_ITS_WAY = timedelta(hours=1)  # a file is stored before its row is
NAMED = 5


def check(deep: bool = False) -> Iterator[Finding]:
    yield from images(deep)
    yield strays(deep)
    yield models()


def images(deep: bool) -> Iterator[Finding]:
    missing, wrong, undrawn, looked = [], [], [], 0
    for pk, sha256, size, prepared in rows(deep):
        looked += 1
        path = originals.path_of(sha256)
        if not default_storage.exists(path):
            missing.append(pk)
        elif default_storage.size(path) != size:
            wrong.append(pk)
        elif prepared and not default_storage.exists(preparation.path_of(sha256, THUMBNAIL)):
            undrawn.append(pk)
    restore = _("Bring the storage back from a backup, or send the files again: the labels are kept.")
    if missing:
        yield problem(_("images"), _("Files that are missing: {ids}.").format(ids=listed(missing)), restore)
    if wrong:
        yield problem(_("images"), _("Files of another size than they had: {ids}.").format(ids=listed(wrong)), restore)
    if undrawn:
        text = _("Thumbnails that are missing: {ids}.").format(ids=listed(undrawn))
        yield warning(_("images"), text, _("Nothing: each is made when somebody looks at it, which is slower."))
    if not (missing or wrong):
        text = _("All {count} originals are there.") if deep else _("{count} originals of a sample are there.")
        yield well(_("images"), text.format(count=looked))


def rows(deep: bool) -> Iterable[tuple[int, str, int, bool]]:
    columns = Image.objects.order_by("pk").values_list("pk", "sha256", "size_bytes", "prepared")
    newest = Image.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if deep or newest <= SAMPLE_ROWS:
        return columns.iterator(chunk_size=5000)
    # Rows that follow chance numbers: where most images have been deleted, hardly any number is still one.
    starts = sorted(random.sample(range(1, newest + 1), SAMPLE_STRETCHES))
    found = (columns.filter(pk__gte=start)[: SAMPLE_ROWS // SAMPLE_STRETCHES] for start in starts)
    return {row[0]: row for stretch in found for row in stretch}.values()


def strays(deep: bool) -> Finding:
    """Originals that no image shows and no version holds; a sweep that was lost leaves them."""
    held = contents_of_versions()
    found = [
        name for folder in (FOLDERS if deep else random.sample(FOLDERS, SAMPLE_FOLDERS)) for name in of(folder, held)
    ]
    if found:
        text = _("Files that nothing shows any more: {names}.").format(names=listed(found))
        mend = _("They only take room, and may be deleted.")
        return warning(_("files"), text, mend)
    return well(
        _("files"), _("None lies there without its row.") if deep else _("None of a sample is without its row.")
    )


def contents_of_versions() -> Callable[[str], bool]:
    """Whether a frozen version holds a file; versions are read only when the first file asks."""
    read: list[set[str]] = []

    def holds(sha256: str) -> bool:
        if not read:
            read.append(set().union(*(v.contents() for p in Project.objects.all() for v in p.versions.completed())))
        return sha256 in read[0]

    return holds


def of(folder: str, held: Callable[[str], bool]) -> list[str]:
    try:
        names = default_storage.listdir(f"originals/{folder}")[1]
    except FileNotFoundError:
        return []
    shown: set[str] = set()
    for start in range(0, len(names), 500):
        shown |= set(Image.objects.filter(sha256__in=names[start : start + 500]).values_list("sha256", flat=True))
    return [name for name in names if name not in shown and is_old(f"originals/{folder}/{name}") and not held(name)]


def is_old(path: str) -> bool:
    return timezone.now() - default_storage.get_modified_time(path) > ON_ITS_WAY


def models() -> Finding:
    kept = Model.objects.select_related("run")
    missing = [
        model.pk for model in kept if not all(default_storage.exists(model.stored_file(f)) for f in model.formats)
    ]
    if missing:
        mend = _("Bring the storage back from a backup, or train them again.")
        return problem(_("models"), _("Files that are missing: {ids}.").format(ids=listed(missing)), mend)
    return well(_("models"), _("The files of all {count} are there.").format(count=len(kept)))


def listed(found: list) -> str:
    names = ", ".join(str(each) for each in found[:NAMED])
    more = len(found) - NAMED
    return _("{names} and {count} more").format(names=names, count=more) if more > 0 else names
