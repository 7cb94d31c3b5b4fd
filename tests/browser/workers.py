"""Workers of the running site that stand still for a while, so that what they would do is still to be seen."""

import contextlib
import os
import signal
from collections.abc import Iterator

LIGHT, TRAIN = r"-Q light", r"-Q train"


@contextlib.contextmanager
def standing_still(site, which: str) -> Iterator[None]:
    pids = site.pids(which)
    assert pids, f"No worker runs with {which}."
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
