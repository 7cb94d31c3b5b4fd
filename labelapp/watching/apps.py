from django.apps import AppConfig
from django.conf import settings


class WatchingConfig(AppConfig):
    name = "labelapp.watching"

    def ready(self) -> None:
        from labelapp.lib.log_format import leave_nothing_unformatted
        from labelapp.watching import task_context  # noqa: F401  (connects Celery's signals)

        if settings.LOG_FORMAT == "json":
            leave_nothing_unformatted()
