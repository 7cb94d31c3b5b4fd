"""How much room is left where files are written."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from labelapp.lib.disk import nearest
from labelapp.watching.states import State, worst

GIGABYTE = 2**30
LITTLE = (0.10, 5 * GIGABYTE)  # share and bytes: with less of both people are warned
NEXT_TO_NONE = (0.03, 1 * GIGABYTE)


def read() -> dict[str, Any]:
    disks = by_disk()
    return {"state": worst(each["state"] for each in disks), "disks": disks, "storage": storage_name()}


def by_disk() -> list[dict[str, Any]]:
    """Each disk once, with all that is kept on it."""
    found: dict[int, dict[str, Any]] = {}
    for name, path in places():
        try:
            device = path.stat().st_dev
            usage = shutil.disk_usage(path)
        except OSError:
            continue  # the doctor says so
        disk = found.setdefault(device, {"names": [], "path": str(path)})
        disk["names"].append(str(name))
        disk |= {"total": usage.total, "free": usage.free, "state": judged(usage.free, usage.total)}
        found[device] = disk
    return list(found.values())


def places() -> list[tuple[str, Path]]:
    places = [(_("Data folder"), Path(settings.DATA_DIR))]
    if isinstance(default_storage, FileSystemStorage):
        places.append((_("Storage"), Path(default_storage.location)))
    places.append((_("Runs"), Path(settings.RUNS_DIR)))
    places.append((_("Cache"), Path(settings.CACHE_DIR)))
    places.append((_("Uploads in progress"), Path(settings.FILE_UPLOAD_TEMP_DIR)))
    return [(name, nearest(path)) for name, path in places]


def judged(free: int, total: int) -> str:
    if free < settings.DISK_RESERVE_BYTES:
        return State.PROBLEM  # uploads are refused
    for state, (share, size) in ((State.PROBLEM, NEXT_TO_NONE), (State.WARNING, LITTLE)):
        if free < size and free < share * total:
            return state
    return State.OK


def storage_name() -> str:
    if isinstance(default_storage, FileSystemStorage):
        return _("Local disk")
    return default_storage.__class__.__name__  # of what the lazy object stands for
