from celery import shared_task

from labelapp.annotations.models import Agreement, Archive, Detection, Labelling, RoundMerge
from labelapp.projects.models import ClassChange


@shared_task
def unpack_archive(pk: int) -> None:
    Archive.objects.perform(pk)


@shared_task
def change_classes(pk: int) -> None:
    ClassChange.objects.perform(pk)


@shared_task
def label_images(pk: int) -> None:
    Labelling.objects.perform(pk)


@shared_task
def detect(pk: int) -> None:
    Detection.objects.perform(pk)


@shared_task
def work_out_agreement(pk: int) -> None:
    Agreement.objects.perform(pk)


@shared_task
def merge_round(pk: int) -> None:
    RoundMerge.objects.perform(pk)
