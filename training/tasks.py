import redis
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from labelapp.lib.heartbeat import wait_for_a_sign
from training.announcing import this_worker
from training.execution import Execution
from training.models import ModelExport, Prediction, Run, Trial


@shared_task
def execute_run(pk: int) -> None:
    if run := Run.objects.filter(pk=pk).first():
        Execution(run, this_worker()).perform()


@shared_task
def predict(pk: int) -> None:
    if prediction := Prediction.objects.filter(pk=pk).first():
        prediction.perform()


@shared_task
def export_model(pk: int) -> None:
    ModelExport.objects.perform(pk)


@shared_task
def try_spec(pk: int) -> None:
    Trial.objects.perform(pk)


@shared_task
def rescue_runs() -> None:
    """Queue again what a dead worker left behind, and what the broker has lost."""
    if silent := list(Run.objects.unheard()):
        wait_for_a_sign()
    for run in silent:
        run.bury()
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        waiting = broker.llen("train")
    if not waiting:
        for run in Run.objects.unclaimed():
            Run.objects.filter(pk=run.pk, heartbeat_at=run.heartbeat_at).update(heartbeat_at=timezone.now())
            run.enqueue()
