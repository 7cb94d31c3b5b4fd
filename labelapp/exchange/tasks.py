from celery import shared_task

from labelapp.exchange.models import Export, Import


@shared_task
def perform_export(pk: int) -> None:
    Export.objects.perform(pk)


@shared_task
def perform_import(pk: int) -> None:
    Import.objects.perform(pk)
