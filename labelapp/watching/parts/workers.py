"""Who works, where, on what, and who has fallen silent."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.version import VERSION
from labelapp.watching import work
from labelapp.watching.states import State, worst
from training.models import Worker
from training.models.worker import WorkerKind

ENDED_SHOWN = timedelta(hours=1)  # long enough to see a restart, short enough for containers with ever new names
SILENT_SHOWN = timedelta(days=1)
CLOCK_SECONDS = 2.0


def read(user) -> dict[str, Any]:
    now = timezone.now()
    rows = [row for row in Worker.objects.all() if shown(row, now)]
    work_of = work.Named(user, [each for row in rows if row.alive for each in row.doing])
    workers = [described(row, work_of) for row in rows]
    states = [each["state"] for each in workers]
    beats = sum(row.alive for row in rows if row.kind == WorkerKind.BEAT)
    problem = beat_problem(beats)
    if problem:
        states.append(State.PROBLEM if not beats else State.WARNING)
    return {"state": worst(states), "beats": beats, "problem": problem, "workers": workers}


def shown(row: Worker, now) -> bool:
    return now - (row.ended_at or row.seen_at) < (ENDED_SHOWN if row.ended_at else SILENT_SHOWN)


def beat_problem(alive: int) -> str:
    if not alive:
        return _("No beat is alive: what dead workers leave behind is not queued again. Start one.")
    if alive > 1:
        return _("{count} beats are alive: everything that is done regularly is done several times. Keep one.").format(
            count=alive
        )
    return ""


def described(row: Worker, work_of: "work.Named") -> dict[str, Any]:
    state, problem = judged(row)
    return {
        "name": row.name, "kind": row.kind, "node": row.node, "pid": row.pid, "queues": row.queues,
        "state": state, "problem": problem, "alive": row.alive, "ended": row.ended_at is not None,
        "cpus": row.cpus, "memory_bytes": row.memory_bytes, "usage": row.usage, "gpus": row.gpus,
        "version": row.version, "clock_offset": row.clock_offset,
        "started_at": row.started_at, "seen_at": row.seen_at,
        "doing": [work_of(each) for each in row.doing] if row.alive else [],
    }  # fmt: skip


def judged(row: Worker) -> tuple[str, str]:
    if row.ended_at:
        return State.OK, ""
    if not row.alive:
        return State.PROBLEM, _("Silent. If it is not coming back, what it did is given to another worker.")
    if row.clock_offset is not None and abs(row.clock_offset) > CLOCK_SECONDS:
        text = _("Its clock is {seconds:g} seconds off: synchronise it (NTP).").format(seconds=row.clock_offset)
        return State.WARNING, text
    if row.version != VERSION:
        return State.WARNING, _("It runs LabelApp {theirs}, this site {ours}: upgrade it.").format(
            theirs=row.version or "?", ours=VERSION
        )
    return State.OK, ""
