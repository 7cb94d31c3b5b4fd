"""How much a project may still take in: its quota, and the room on the disks.

What a project uses is the sum of what its rows say, so asking costs no look at any file. A content that several
projects show is stored once and counts in each of them: a quota must not change because somebody else deletes.
Thumbnails, caches and what workers keep while they train do not count.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException

from labelapp.lib.disk import free_bytes
from labelapp.lib.sizes import readable_bytes
from labelapp.projects.models import AuditEntry, Project


class NoSpace(APIException):
    """413: the sentence says how much is missing and what to do."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE

    def __init__(self, message: str, code: str, missing: int):
        super().__init__(message, code)
        self.extra = {"missing_bytes": missing}


@dataclass(frozen=True)
class Use:
    """Bytes that a project uses, by what they are of."""

    originals: int
    arriving: int
    trash: int
    exports: int
    versions: int
    runs: int

    @property
    def total(self) -> int:
        return self.originals + self.arriving + self.trash + self.exports + self.versions + self.runs


class Space:
    def __init__(self, project: Project):
        self.project = project

    @property
    def quota(self) -> int | None:
        """Bytes that the project may use; None when there is no limit."""
        own = self.project.quota_bytes
        return (settings.PROJECT_QUOTA_BYTES if own is None else own) or None

    @property
    def own_quota(self) -> int | None:
        """As an administrator has set it for this project: 0 for no limit, None for the site's default."""
        return self.project.quota_bytes

    @cached_property
    def use(self) -> Use:
        images = self.project.images.aggregate(
            kept=Sum("size_bytes", filter=Q(trashed_at=None)), trashed=Sum("size_bytes", filter=~Q(trashed_at=None))
        )
        # As announced: who has begun to send a large file shall find room for the rest of it.
        arriving = self.project.uploads.filter(parts__whole=False, parts__result__isnull=True).aggregate(
            size=Sum("parts__size_bytes")
        )
        others = {
            name: getattr(self.project, name).aggregate(total=Sum("size_bytes"))["total"] or 0
            for name in ("exports", "versions", "runs", "modelexports")
        }
        others["runs"] += others.pop("modelexports")
        return Use(images["kept"] or 0, arriving["size"] or 0, images["trashed"] or 0, **others)

    @property
    def left_of_quota(self) -> int | None:
        return None if self.quota is None else self.quota - self.use.total

    @property
    def left_on_disk(self) -> int:
        return free_bytes(folders()) - settings.DISK_RESERVE_BYTES

    def refusal(self, size_bytes: int) -> NoSpace | None:
        """Why so many further bytes cannot be taken; None when they can."""
        if (left := self.left_of_quota) is not None and size_bytes > left:
            return over_quota(size_bytes, left, self.quota or 0)
        return disk_refusal(size_bytes)

    def require(self, size_bytes: int) -> None:
        """Raises NoSpace."""
        if refusal := self.refusal(size_bytes):
            raise refusal

    def limit(self, user, quota_bytes: int | None) -> None:
        """Give the project a quota of its own: 0 for none at all, None for the site's default."""
        with transaction.atomic():
            self.project.quota_bytes = quota_bytes
            self.project.save(update_fields=["quota_bytes"])
            verb = {None: "project.quota_left", 0: "project.quota_lifted"}.get(quota_bytes, "project.quota_set")
            AuditEntry.objects.note(user, verb, self.project, self.project, quota=quota_bytes or 0)


def over_quota(size_bytes: int, left: int, quota: int) -> NoSpace:
    text = _("There is no room for {size}: the project may use {quota}, and {left} of it are left.")
    if left <= 0:
        text = _("There is no room for {size}: the project may use {quota}, and uses {used}.")
    sizes = {"size": size_bytes, "quota": quota, "left": left, "used": quota - left}
    told = text.format(**{name: readable_bytes(each) for name, each in sizes.items()})
    advice = _("Empty its trash, delete exports or runs, or ask an administrator of the site for a larger quota.")
    return NoSpace(f"{told} {advice}", "quota_exceeded", size_bytes - left)


def disk_refusal(size_bytes: int) -> NoSpace | None:
    left = free_bytes(folders()) - settings.DISK_RESERVE_BYTES
    if size_bytes <= left:
        return None
    text = _(
        "The server's disk has no room for {size}: {missing} are missing. "
        "An administrator has to make room; what was added already is safe."
    )
    message = text.format(size=readable_bytes(size_bytes), missing=readable_bytes(size_bytes - left))
    return NoSpace(message, "disk_full", size_bytes - left)


def folders() -> list[Path]:
    """Where uploads are written to: first a temporary file, then the storage, when it is a disk."""
    kept = [Path(default_storage.path(""))] if isinstance(default_storage, FileSystemStorage) else []
    return [Path(settings.FILE_UPLOAD_TEMP_DIR), *kept]
