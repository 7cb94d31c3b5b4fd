from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from labelapp.images.queue import after_commit

SECONDS_UNTIL_LOST = 90  # without a word from the worker


class TilesStatus(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class TilePyramidQuerySet(models.QuerySet[Any]):
    def wanted(self: Any, sha256: str) -> "TilePyramid":
        """The tiles of a content; a worker makes them when nobody has asked before, or whoever made them is gone."""
        pyramid, fresh = self.get_or_create(sha256=sha256)
        if fresh or self.filter(pk=sha256).lacking(pyramid).update(status=TilesStatus.QUEUED, told_at=timezone.now()):
            pyramid.refresh_from_db()
            after_commit("labelapp.images.tasks.make_tiles", sha256)
        return pyramid

    def lacking(self, pyramid: "TilePyramid"):
        if pyramid.status == TilesStatus.COMPLETED:
            return self.none() if default_storage.exists(pyramid.path) else self.filter(status=TilesStatus.COMPLETED)
        lost = timezone.now() - timedelta(seconds=SECONDS_UNTIL_LOST)
        return self.filter(status__in=[TilesStatus.QUEUED, TilesStatus.RUNNING], told_at__lt=lost)

    def claim(self, sha256: str) -> bool:
        """Whether it is now this worker's."""
        waiting = self.filter(pk=sha256, status=TilesStatus.QUEUED)
        return waiting.update(status=TilesStatus.RUNNING, progress=0, error="", told_at=timezone.now()) == 1

    def tell(self, sha256: str, progress: float) -> None:
        self.filter(pk=sha256, status=TilesStatus.RUNNING).update(progress=progress, told_at=timezone.now())

    def end(self, sha256: str, status: TilesStatus, error: str = "") -> None:
        self.filter(pk=sha256).update(
            status=status, error=error, progress=float(status == TilesStatus.COMPLETED), told_at=timezone.now()
        )


class TilePyramid(models.Model):
    """How far the tiles of a content are; they lie in one file beside its thumbnail, and can be made again."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    status = models.CharField(max_length=16, choices=TilesStatus, default=TilesStatus.QUEUED)
    progress = models.FloatField(default=0)  # 0 to 1
    error = models.TextField(blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    objects = TilePyramidQuerySet.as_manager()

    @property
    def path(self) -> str:
        return path_of(self.sha256)


def path_of(sha256: str) -> str:
    return f"tiles/{sha256[:2]}/{sha256}"
