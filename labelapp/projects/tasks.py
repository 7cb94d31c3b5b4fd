import redis
from celery import current_app, shared_task
from django.apps import apps
from django.conf import settings

from labelapp.lib.heartbeat import wait_for_a_sign
from labelapp.projects.models import Job, JobStatus, Project


@shared_task
def rescue_jobs() -> None:
    """Queue again what a dead worker left behind, and what the broker has lost."""
    lost = [job for model in apps.get_models() if issubclass(model, Job) for job in model.objects.lost()]
    if any(job.status == JobStatus.RUNNING for job in lost):
        wait_for_a_sign()
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        for job in lost:
            # A queued row whose queue is not empty only waits its turn.
            if job.status == JobStatus.RUNNING or not broker.llen(queue_of(job.task)):
                job.rescue()


@shared_task
def erase_project(pk: int) -> None:
    project = Project.objects.filter(pk=pk).first()
    if project is not None:
        project.expire()


@shared_task
def empty_trash() -> None:
    """Delete projects whose days in the trash are over; end what somebody still started in one."""
    trashed = Project.objects.exclude(trashed_at=None)
    for pk in list(trashed.values_list("pk", flat=True)):
        if project := trashed.filter(pk=pk).first():  # it may be restored meanwhile
            project.cancel_work()
    for project in Project.objects.expired():
        project.expire()


def queue_of(task: str) -> str:
    queue = current_app.amqp.router.route({}, task)["queue"]
    return getattr(queue, "name", queue)
