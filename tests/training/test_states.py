"""How a run gets from state to state, without training anything."""

from datetime import timedelta

import pytest
from django.utils import timezone

from training.models import Run, RunStatus, Worker
from training.tasks import rescue_runs


@pytest.fixture
def run(project, owner, version, spec):
    return Run.objects.start(project, owner, version, spec)


def same(run) -> Run:
    return Run.objects.get(pk=run.pk)


def silence(run) -> None:
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))


def test_only_one_worker_claims_a_run(run):
    first, second = same(run), same(run)
    assert first.claim(None)
    assert not second.claim(None)


def test_stopping_a_queued_run_cancels_it(as_, owner, run):
    assert as_(owner).post(f"/api/runs/{run.pk}/stop/").json()["status"] == "cancelled"


def test_stopping_a_running_run_asks_its_worker(as_, owner, run):
    run.claim(None)
    assert as_(owner).post(f"/api/runs/{run.pk}/stop/").json()["status"] == "stopping"


def test_what_has_ended_is_neither_stopped_nor_cancelled(as_, owner, run):
    run.cancel()
    for verb in ("stop", "cancel"):
        answer = as_(owner).post(f"/api/runs/{run.pk}/{verb}/")
        assert answer.status_code == 409
        assert answer.json()["error"]["message"]


def test_a_cancelled_run_is_resumed_and_a_running_one_is_not(as_, owner, run):
    assert as_(owner).post(f"/api/runs/{run.pk}/resume/").status_code == 409
    run.cancel()
    assert as_(owner).post(f"/api/runs/{run.pk}/resume/").json()["status"] == "queued"


@pytest.mark.parametrize("verb", ["stop", "cancel", "resume"])
def test_states_are_reached_by_posting_and_not_by_viewers(as_, owner, viewer, run, verb):
    assert as_(owner).get(f"/api/runs/{run.pk}/{verb}/").status_code == 405
    assert as_(viewer).post(f"/api/runs/{run.pk}/{verb}/").status_code == 403


def test_a_silent_worker_loses_its_run_which_is_queued_again(run):
    worker = Worker.objects.announce("train@node")
    claimed = same(run)
    claimed.claim(worker)
    silence(run)
    same(run).bury()
    assert same(run).status == RunStatus.QUEUED
    assert same(run).deaths == 1
    assert same(run).worker is None


def test_a_worker_that_was_only_slow_finds_its_lease_gone(run):
    slow = same(run)
    slow.claim(None)
    silence(run)
    same(run).bury()
    assert not slow.update_mine(status=RunStatus.COMPLETED)
    other = same(run)
    assert other.claim(None)
    assert not slow.update_mine(heartbeat_at=timezone.now())
    assert other.update_mine(heartbeat_at=timezone.now())


def test_a_run_that_kills_every_worker_fails_with_a_reason(run):
    for _ in range(3):
        same(run).claim(None)
        silence(run)
        same(run).bury()
    assert same(run).status == RunStatus.FAILED
    assert same(run).error["code"] == "worker_lost"
    assert same(run).error["hint"]


def test_a_run_that_was_heard_of_meanwhile_is_not_buried(run):
    same(run).claim(None)
    silence(run)
    stale = same(run)
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now())
    stale.bury()
    assert same(run).status == RunStatus.PREPARING


def test_a_run_gets_another_name(as_, owner, run):
    assert as_(owner).patch(f"/api/runs/{run.pk}/", {"name": "Baseline"}, format="json").json()["name"] == "Baseline"
    assert as_(owner).patch(f"/api/runs/{run.pk}/", {"name": ""}, format="json").status_code == 400


def test_a_deleted_run_is_gone(as_, owner, run):
    assert as_(owner).delete(f"/api/runs/{run.pk}/").status_code == 204
    assert as_(owner).get(f"/api/runs/{run.pk}/").status_code == 404


def test_rescuing_needs_the_broker_and_says_so_by_failing(run, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(Exception, match=r"127\.0\.0\.1:1"):
        rescue_runs()
