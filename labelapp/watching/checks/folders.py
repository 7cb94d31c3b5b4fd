import contextlib
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from labelapp.watching.asking import within
from labelapp.watching.finding import Finding, problem, warning, well
from labelapp.watching.parts import space
from labelapp.watching.states import State

SECONDS = 20.0


def check() -> Iterator[Finding]:
    yield within(SECONDS, "the storage check", storage)
    for path in {Path(settings.DATA_DIR), Path(settings.FILE_UPLOAD_TEMP_DIR)}:
        yield folder(path)
    for disk in space.by_disk():
        yield room(disk)


def storage() -> Finding:
    """Write, read and delete a file, as an upload and its removal do."""
    content = uuid.uuid4().bytes
    name = default_storage.save(f"health/{uuid.uuid4()}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            same = file.read() == content
    finally:
        default_storage.delete(name)
    if not same:
        return problem(_("storage"), _("What was written is not what was read."), _("Do not use this storage."))
    if default_storage.exists(name):
        return problem(
            _("storage"), _("Files cannot be deleted."), _("Give this site the right to delete files there.")
        )
    return well(_("storage"), _("Files can be written, read and deleted ({kind}).").format(kind=space.storage_name()))


def folder(path: Path) -> Finding:
    """Files are written beside their place and then renamed: a crash must not leave half a file."""
    name = str(path)
    try:
        with tempfile.NamedTemporaryFile(dir=path, prefix=".doctor-", delete=False) as draft:
            draft.write(b"ok")
        renamed = Path(f"{draft.name}.renamed")
        try:
            Path(draft.name).rename(renamed)
        finally:
            for left in (Path(draft.name), renamed):
                with contextlib.suppress(FileNotFoundError):
                    left.unlink()
    except OSError as error:
        mend = _("Make it belong to the user who runs the site, on a disk that can be written to.")
        return problem(name, _("Cannot write there: {reason}.").format(reason=error.strerror), mend)
    return well(name, _("Files can be written and renamed."))


def room(disk: dict) -> Finding:
    name = ", ".join(disk["names"])
    text = _("{free} of {total} are free.").format(
        free=filesizeformat(disk["free"]), total=filesizeformat(disk["total"])
    )
    if disk["state"] == State.OK:
        return well(name, text)
    mend = _("Make room on {path}, or move the data folder: when the disk is full nothing can be saved.").format(
        path=disk["path"]
    )
    return (warning if disk["state"] == State.WARNING else problem)(name, text, mend)
