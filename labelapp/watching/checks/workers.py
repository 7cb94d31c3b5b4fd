from collections.abc import Iterator

from django.utils.translation import gettext as _

from labelapp.watching import broker
from labelapp.watching.finding import Finding, problem, warning, well
from labelapp.watching.parts.queues import alive_by_queue
from labelapp.watching.parts.workers import beat_problem, judged
from labelapp.watching.states import State
from training.models import Worker


def check() -> Iterator[Finding]:
    serving = alive_by_queue()
    for queue in broker.queue_names():
        yield served(queue, serving.get(queue, 0))
    yield beat()
    for worker in Worker.objects.filter(ended_at=None):
        state, text = judged(worker)
        if state != State.OK and worker.alive:
            yield warning(worker.name, text, _("Look after its node."))


def served(queue: str, workers: int) -> Finding:
    name = _("queue {name}").format(name=queue)
    if workers:
        return well(name, _("Workers: {count}.").format(count=workers))
    mend = _("Start one: celery -A labelapp worker -Q {queue}, and look at its log if it ends.").format(queue=queue)
    return problem(name, _("No worker takes from it: that work waits."), mend)


def beat() -> Finding:
    alive = sum(row.alive for row in Worker.objects.beats())
    text = beat_problem(alive)
    if not text:
        return well("beat", _("One beat is alive."))
    found = warning if alive else problem
    return found("beat", text, _("Exactly one is needed: celery -A labelapp beat"))
