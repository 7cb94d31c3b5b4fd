import time
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from labelapp.watching import broker
from labelapp.watching.checks.database import compared
from labelapp.watching.finding import Finding, problem, warning, well

OLDEST = (5, 0)  # streams, which carry the events of runs
NEARLY_FULL = 0.9


def check() -> Iterator[Finding]:
    info = broker.info()
    yield version(info)
    yield persistence(info)
    yield eviction(info)
    yield clock()


def version(info: dict[str, Any]) -> Finding:
    name = str(info["redis_version"])
    if tuple(int(part) for part in name.split(".")[:2]) < OLDEST:
        return problem(
            "Redis", _("Redis {version} is too old.").format(version=name), _("Use Redis 6 or newer, or Valkey.")
        )
    return well("Redis", _("Redis {version} answers.").format(version=name))


def persistence(info: dict[str, Any]) -> Finding:
    if info.get("aof_enabled"):
        if info.get("aof_last_write_status", "ok") != "ok":
            return problem("Redis", _("It cannot write its append-only file."), _("Look at its log and its disk."))
        return well("Redis", _("It keeps queued work in an append-only file."))
    text = _("It may forget queued work when it restarts; the site finds that again, but later.")
    return warning("Redis", text, _("Switch its append-only file on: appendonly yes"))


def eviction(info: dict[str, Any]) -> Finding:
    limit, policy = info.get("maxmemory", 0), info.get("maxmemory_policy", "noeviction")
    if limit and policy != "noeviction":
        text = _("When its memory is full it throws queued work away ({policy}).").format(policy=policy)
        return problem("Redis", text, _("Set: maxmemory-policy noeviction"))
    if limit and info["used_memory"] > NEARLY_FULL * limit:
        return warning("Redis", _("Its memory is nearly full."), _("Raise maxmemory, or find out what fills it."))
    return well("Redis", _("It throws nothing away."))


def clock() -> Finding:
    with broker.client() as client:
        client.ping()  # opening the connection must not count
        before = time.time()
        seconds, microseconds = client.time()
        return compared("Redis", (before + time.time()) / 2 - seconds - microseconds / 1e6)
