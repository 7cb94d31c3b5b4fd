"""Do database, Redis and storage answer, and how fast?"""

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from labelapp import health
from labelapp.watching.asking import NoAnswer, kept, within
from labelapp.watching.states import State, worst

SLOW_MS = {"database": 250, "redis": 250, "storage": 1000}
SECONDS = 5.0


def read() -> dict[str, Any]:
    services = [
        asked("database", health.database),
        asked("redis", lambda: within(SECONDS, "redis", health.broker)),
        storage(),
    ]
    return {"state": worst(each["state"] for each in services), "services": services}


@kept(30)
def storage() -> dict[str, Any]:
    """Seldom: it writes a file, and an object store counts every request."""
    return asked("storage", lambda: within(SECONDS, "storage", health.storage))


def asked(name: str, ask: Callable[[], Any]) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        ask()
    except Exception as error:
        return {"name": name, "state": State.PROBLEM, "ms": None, "problem": told(error)}
    milliseconds = round(1000 * (time.perf_counter() - began), 1)
    if milliseconds > SLOW_MS[name]:
        return {"name": name, "state": State.WARNING, "ms": milliseconds, "problem": _("It answers slowly.")}
    return {"name": name, "state": State.OK, "ms": milliseconds, "problem": ""}


def told(error: Exception) -> str:
    """One line; what libraries say may have many."""
    words = " ".join(str(error).split())[:300]
    return words if isinstance(error, NoAnswer) else f"{type(error).__name__}: {words}"
