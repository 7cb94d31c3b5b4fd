"""What seems to be lost: is it? And what the machine's troubles do to work."""

import errno
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from labelapp.exchange.models import Export
from labelapp.projects import tasks as job_tasks
from training import tasks as run_tasks
from training.models import Run

pytestmark = pytest.mark.django_db

LONG_AGO, AHEAD = -timedelta(hours=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_once(settings, own_redis):
    settings.JOB_HEARTBEAT_SECONDS = 0


@pytest.fixture
def export(project, owner):
    return Export.objects.start(project, owner, format="csv")


def seen(row, heartbeat: timedelta, status: str = "running"):
    type(row).objects.filter(pk=row.pk).update(status=status, heartbeat_at=timezone.now() + heartbeat)


def beat_while_waiting(monkeypatch, tasks, row) -> None:
    monkeypatch.setattr(
        tasks, "wait_for_a_sign", lambda: type(row).objects.filter(pk=row.pk).update(heartbeat_at=timezone.now())
    )


@pytest.mark.parametrize("heartbeat", [LONG_AGO, AHEAD])
def test_a_silent_job_is_queued_again_also_after_the_clock_was_set_back(export, heartbeat):
    seen(export, heartbeat)
    job_tasks.rescue_jobs()
    export.refresh_from_db()
    assert export.status == "queued"


@pytest.mark.parametrize("heartbeat", [LONG_AGO, AHEAD])
def test_a_silent_run_is_queued_again_also_after_the_clock_was_set_back(run, heartbeat):
    seen(run, heartbeat)
    run_tasks.rescue_runs()
    run.refresh_from_db()
    assert (run.status, run.deaths) == ("queued", 1)


def test_a_job_whose_worker_lives_is_left_to_it_although_the_clock_was_set(export, monkeypatch):
    seen(export, LONG_AGO)
    beat_while_waiting(monkeypatch, job_tasks, export)
    job_tasks.rescue_jobs()
    export.refresh_from_db()
    assert export.status == "running"


def test_a_run_whose_worker_lives_is_left_to_it_although_the_clock_was_set(run, monkeypatch):
    seen(run, LONG_AGO)
    beat_while_waiting(monkeypatch, run_tasks, run)
    run_tasks.rescue_runs()
    run = Run.objects.get(pk=run.pk)
    assert (run.status, run.deaths, run.lease) == ("running", 0, 0)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OperationalError("database or disk is full"), "The disk is full"),
        (OperationalError("database is locked"), "The database did not answer"),
    ],
)
def test_a_full_disk_or_a_locked_database_costs_a_job_only_time(export, monkeypatch, settings, error, reason):
    def work(job):
        raise error

    monkeypatch.setattr(Export, "work", work)
    settings.JOB_HEARTBEAT_SECONDS = 0.01  # two of which a suspect is given
    for _attempt in range(settings.JOB_ATTEMPTS - 1):
        Export.objects.get(pk=export.pk).perform()
        export.refresh_from_db()
        assert export.status == "running"
        seen(export, LONG_AGO)
        job_tasks.rescue_jobs()
    Export.objects.get(pk=export.pk).perform()
    export.refresh_from_db()
    assert export.status == "failed"
    assert reason in export.error
