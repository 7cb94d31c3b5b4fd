import time
from contextlib import suppress
from pathlib import Path

from celery.beat import Scheduler
from celery.schedules import schedule


class SteadyScheduler(Scheduler):
    """Beat by the clock that nobody can set, and its file is only a sign of life.

    Celery's own compares times of day: after the machine's clock was set back an hour, it sends nothing for an hour.
    It knows intervals only; each is due at the start, and then every so many seconds.
    """

    def __init__(self, *args, schedule_filename: str = "", **kwargs):
        self._due: dict[str, float] = {}
        self._sign_of_life = Path(schedule_filename) if schedule_filename else None
        super().__init__(*args, **kwargs)

    def tick(self, *_args, **_kwargs) -> float:
        """Send what is due; returns the seconds until something is due again."""
        for entry in list(self.schedule.values()):
            if self._due.get(entry.name, 0.0) <= time.monotonic():
                # First: a broker that is away costs this turn, not a storm of tries.
                self._due[entry.name] = time.monotonic() + seconds_of(entry)
                self.apply_entry(entry, producer=self.producer)
        if self._sign_of_life:
            with suppress(OSError):  # a full disk must not end it
                self._sign_of_life.touch()
        return max(0.0, min(self._due.values(), default=self.max_interval) - time.monotonic())


def seconds_of(entry) -> float:
    if type(entry.schedule) is not schedule:
        raise TypeError(f"{entry.name}: only intervals in seconds can be scheduled here, not {entry.schedule!r}.")
    return entry.schedule.run_every.total_seconds()
