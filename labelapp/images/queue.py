from typing import Any

from django.db import transaction

from labelapp.celery import app


def after_commit(task: str, *args: Any) -> None:
    """Queue a task once the rows it is about are there. When Redis is away the rows stay, and beat finds them."""

    def send() -> None:
        app.send_task(task, args=args, retry=False)

    transaction.on_commit(send, robust=True)
