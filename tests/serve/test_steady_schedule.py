"""Beat goes by a clock that nobody can set."""

from datetime import timedelta

import pytest
from celery import Celery
from celery.schedules import crontab

from labelapp.lib import steady_schedule
from labelapp.lib.steady_schedule import SteadyScheduler


class Noting(SteadyScheduler):
    def __init__(self, schedule: dict, **more):
        self.sent: list[str] = []
        app = Celery(broker="memory://", set_as_current=False)
        app.conf.beat_schedule = schedule
        super().__init__(app=app, **more)

    def apply_entry(self, entry, producer=None):
        self.sent.append(entry.name)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(steady_schedule, "time", clock)
    return clock


def every(**seconds: float) -> dict:
    return {name: {"task": name, "schedule": interval} for name, interval in seconds.items()}


def test_everything_is_sent_at_the_start_and_then_at_its_interval(clock):
    beat = Noting(every(often=5.0, seldom=60.0))
    assert beat.tick() == 5.0
    assert sorted(beat.sent) == ["often", "seldom"]
    clock.now += 4
    assert beat.tick() == 1.0
    clock.now += 1
    assert beat.tick() == 5.0
    assert beat.sent.count("often") == 2
    clock.now += 55
    beat.tick()
    assert beat.sent.count("seldom") == 2


def test_a_clock_that_was_set_back_delays_nothing(clock):
    beat = Noting(every(often=5.0))
    beat.tick()
    entry = beat.schedule["often"]
    entry.last_run_at = entry.default_now() + timedelta(hours=1)
    clock.now += 5
    beat.tick()
    assert beat.sent == ["often", "often"]


def test_each_turn_is_a_sign_of_life_that_a_health_check_can_see(clock, tmp_path):
    file = tmp_path / "beat-schedule"
    Noting(every(often=5.0), schedule_filename=str(file)).tick()
    assert file.exists()
    Noting(every(often=5.0), schedule_filename=str(tmp_path / "gone" / "beat-schedule")).tick()


def test_what_is_no_interval_is_refused_aloud(clock):
    beat = Noting({"nightly": {"task": "nightly", "schedule": crontab(hour="4")}})
    with pytest.raises(TypeError, match="nightly"):
        beat.tick()
