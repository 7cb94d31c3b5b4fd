from celery import shared_task
from django.apps import apps

from labelapp.projects.models import Job


@shared_task
def rescue_jobs() -> None:
    """Queue again what a dead worker left behind."""
    for model in apps.get_models():
        if issubclass(model, Job):
            for job in model.objects.lost():
                job.rescue()
