from celery import shared_task

from labelapp.annotations.models import Archive


@shared_task
def unpack_archive(pk: int) -> None:
    Archive.objects.get(pk=pk).perform()
