"""What waits for a worker, and for how long."""

from typing import Any

from django.utils.translation import gettext as _

from labelapp.watching import broker
from labelapp.watching.states import State, worst
from training.models import Worker

LONG_SECONDS = 15 * 60


def read() -> dict[str, Any]:
    serving = alive_by_queue()
    queues = [each | judged(each, serving.get(each["name"], 0)) for each in broker.queues()]
    return {"state": worst(each["state"] for each in queues), "queues": queues}


def alive_by_queue() -> dict[str, int]:
    found: dict[str, int] = {}
    for worker in Worker.objects.workers().filter(ended_at=None):
        for queue in worker.queues if worker.alive else []:
            found[queue] = found.get(queue, 0) + 1
    return found


def judged(queue: dict[str, Any], workers: int) -> dict[str, Any]:
    state, problem = State.OK, ""
    if not workers:
        state = State.PROBLEM if queue["length"] else State.WARNING
        problem = _("No worker takes from it.")
    elif (queue["oldest_seconds"] or 0) > LONG_SECONDS:
        state, problem = State.WARNING, _("The oldest waits long: more workers would help.")
    return {"workers": workers, "state": state, "problem": problem}
