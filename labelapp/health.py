"""Is the site alive, and is what it needs there?"""

import contextlib
import uuid

import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    problems = {name: problem for name, check in CHECKS.items() if (problem := attempt(check))}
    status = "not ready" if problems else "ready"
    return JsonResponse({"status": status, "problems": problems}, status=503 if problems else 200)


def attempt(check) -> str | None:
    try:
        check()
    except Exception as error:
        return type(error).__name__
    return None


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    with contextlib.closing(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)) as client:
        client.ping()


def storage() -> None:
    name = default_storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
    default_storage.delete(name)


CHECKS = {"database": database, "redis": broker, "storage": storage}
