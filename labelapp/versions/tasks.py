from celery import shared_task

from labelapp.versions.models import Version


@shared_task
def freeze_version(pk: int) -> None:
    Version.objects.perform(pk)
