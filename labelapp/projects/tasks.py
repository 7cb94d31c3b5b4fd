import redis
from celery import current_app, shared_task
from django.apps import apps
from django.conf import settings

from labelapp.projects.models import Job, JobStatus


@shared_task
def rescue_jobs() -> None:
    """Queue again what a dead worker left behind, and what the broker has lost."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        for model in apps.get_models():
            if issubclass(model, Job):
                waiting = broker.llen(queue_of(model.task))
                for job in model.objects.lost():
                    # A queued row whose queue is not empty only waits its turn.
                    if job.status == JobStatus.RUNNING or not waiting:
                        job.rescue()


def queue_of(task: str) -> str:
    queue = current_app.amqp.router.route({}, task)["queue"]
    return getattr(queue, "name", queue)
