from celery import shared_task

from labelapp.images import deletion, preparation, tiles
from labelapp.images.models import Deletion, Image
from labelapp.images.models.file_part import sweep_parts
from labelapp.images.models.upload import forget_arrivals

RESCUED_AT_ONCE = 200


@shared_task
def prepare_images(ids: list[int]) -> None:
    preparation.prepare(ids)


@shared_task
def rescue_images() -> None:
    """Prepare images whose own task got lost. Done here, not queued, so that a long queue grows no longer."""
    waiting = Image.objects.unprepared(for_seconds=60).order_by("created_at")
    preparation.prepare(list(waiting.values_list("pk", flat=True)[:RESCUED_AT_ONCE]))


@shared_task
def make_tiles(sha256: str) -> None:
    tiles.perform(sha256)


@shared_task
def delete_images(pk: int) -> None:
    Deletion.objects.perform(pk)


@shared_task
def empty_trash() -> None:
    """Delete images whose days in the trash are over."""
    deletion.empty_trash()


@shared_task
def sweep_uploads() -> None:
    """Clear away what broken-off uploads have left; rescue_jobs gives up those that nobody goes on with."""
    forget_arrivals()
    sweep_parts()


@shared_task
def sweep_contents() -> None:
    deletion.sweep()
