"""Several verbs at the same moment, each in a thread with a connection of its own."""

import threading
import time

from django.db import connections, transaction


def at_once(verbs):
    """Run each verb in a thread of its own, started together; what they gave or raised."""
    ready, results = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(index, verb):
        ready.wait()
        try:
            results[index] = verb()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def during(first, verb, then=lambda: None):
    """Call ``verb`` while another transaction has done ``first``; that does ``then`` a moment later, and ends."""
    begun = threading.Event()

    def other():
        with transaction.atomic():
            first()
            begun.set()
            time.sleep(0.5)
            then()

    def waiting():
        begun.wait(20)
        return verb()

    results = at_once([other, waiting])
    assert not isinstance(results[0], Exception), results
    if isinstance(results[1], Exception):
        raise results[1]
    return results[1]
