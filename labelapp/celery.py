import os

from celery import Celery
from celery.signals import worker_process_init

from labelapp.lib.parent import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")

app = Celery("labelapp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def follow_the_worker(**_kwargs) -> None:
    """A prefork child whose worker was killed would go on with its task and then wait for ever."""
    die_with_parent()
