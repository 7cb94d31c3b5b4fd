"""A request's id travels with the tasks it queues; every line of a task names it."""

import logging.config
import time

from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from django.conf import settings

from labelapp.lib import log_context


@setup_logging.connect
def use_ours(**_given) -> None:
    """Celery would set up handlers of its own, which know neither the form nor the context."""
    logging.config.dictConfig(settings.LOGGING)


@before_task_publish.connect
def send_along(headers=None, **_given) -> None:
    headers["queued_at"] = time.time()  # the status page tells how long the oldest task waits
    if request_id := log_context.current().get("request_id"):
        headers["request_id"] = request_id


@task_prerun.connect
def enter(task_id, task, **_given) -> None:
    request_id = task.request.get("request_id")
    task.request.log_token = log_context.bind(task=task.name, task_id=task_id, request_id=request_id)


@task_postrun.connect
def leave(task, **_given) -> None:
    if token := task.request.get("log_token"):
        log_context.release(token)
