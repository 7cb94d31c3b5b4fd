"""A run's way from queued to its end, as rows: every step is a conditional update."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from labelapp.projects.errors import Conflict
from training import tasks
from training.models import Checkpoint, Run, RunStatus
from training.models.run_states import MOST_DEATHS

pytestmark = pytest.mark.django_db


def silent(run: Run, status: str = "running", seconds: float = 60) -> Run:
    """As a worker leaves it that has died."""
    old = timezone.now() - timedelta(seconds=seconds)
    Run.objects.filter(pk=run.pk).update(status=status, heartbeat_at=old)
    run.refresh_from_db()
    return run


def with_checkpoint(run: Run) -> Run:
    Checkpoint.objects.create(run=run, kind="last", epoch=4, path="/somewhere")
    return run


def test_only_one_claim_of_a_run_succeeds(run):
    first, second = Run.objects.get(pk=run.pk), Run.objects.get(pk=run.pk)
    assert first.claim(None)
    assert not second.claim(None)
    assert first.status == "preparing"
    assert first.started_at


def test_a_lost_lease_changes_nothing(run):
    zombie = Run.objects.get(pk=run.pk)
    zombie.claim(None)
    silent(Run.objects.get(pk=run.pk)).bury()
    Run.objects.get(pk=run.pk).claim(None)
    assert not zombie.update_mine(epoch=9)
    assert not zombie.look()
    zombie.begin()
    run.refresh_from_db()
    assert (run.status, run.epoch) == ("preparing", 0)


def test_a_silent_run_is_queued_again_and_keeps_what_it_has(run):
    run.epoch_rows.create(number=1)
    with_checkpoint(run)
    silent(run).bury()
    run.refresh_from_db()
    assert (run.status, run.deaths) == ("queued", 1)
    assert "last checkpoint" in run.message
    assert run.epoch_rows.count() == 1
    assert run.has_checkpoint


def test_a_run_that_beats_again_is_not_buried(run):
    seen = silent(run)
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now())
    seen.bury()
    run.refresh_from_db()
    assert run.status == "running"


def test_a_run_that_kills_its_workers_is_given_up(run):
    Run.objects.filter(pk=run.pk).update(deaths=MOST_DEATHS - 1)
    silent(run).bury()
    run.refresh_from_db()
    assert (run.status, run.error["code"]) == ("failed", "worker_lost")
    assert run.error["hint"]
    assert run.finished_at


def test_a_queued_run_that_is_stopped_is_cancelled(run):
    run.stop()
    assert run.status == "cancelled"


def test_a_waiting_run_with_a_checkpoint_that_is_stopped_ends_with_its_best_weights(run):
    with_checkpoint(run).stop()
    assert (run.status, run.stop_asked) == ("queued", True)
    assert run.claim(None)
    assert run.status == "stopping"


def test_a_wish_to_stop_outlives_the_worker(run):
    run.claim(None)
    run.stop()
    silent(run, status="stopping").bury()
    again = Run.objects.get(pk=run.pk)
    assert again.claim(None)
    assert again.status == "stopping"


def test_running_does_not_undo_stopping(run):
    run.claim(None)
    Run.objects.get(pk=run.pk).stop()
    run.begin()
    run.refresh_from_db()
    assert run.status == "stopping"


@pytest.mark.parametrize("status", ["completed", "stopped", "failed", "cancelled"])
@pytest.mark.parametrize("verb", ["stop", "cancel"])
def test_what_has_ended_cannot_be_ended(run, status, verb):
    Run.objects.filter(pk=run.pk).update(status=status)
    with pytest.raises(Conflict):
        getattr(run, verb)()


@pytest.mark.parametrize("status", RunStatus.values)
def test_only_an_unsuccessful_end_can_be_resumed(run, status):
    Run.objects.filter(pk=run.pk).update(status=status, error={"code": "x"}, stop_asked=True)
    if status in ("stopped", "cancelled", "failed", "lost"):
        run.resume()
        run.refresh_from_db()
        assert (run.status, run.error, run.stop_asked, run.deaths) == ("queued", {}, False, 0)
    else:
        with pytest.raises(Conflict):
            run.resume()


def test_cancelling_forgets_checkpoints_but_not_the_log(run, django_capture_on_commit_callbacks):
    with_checkpoint(run)
    kept = run.work_folder / "result" / "checkpoints" / "last"
    kept.mkdir(parents=True)
    run.log_file.write_text("began")
    with django_capture_on_commit_callbacks(execute=True):
        run.cancel()
    assert not run.has_checkpoint
    assert not kept.exists()
    assert run.log_file.exists()


def test_rescuing_sends_for_lost_and_for_forgotten_runs_once(start, bare_version, own_redis, settings):
    settings.JOB_HEARTBEAT_SECONDS = 0
    lost, forgotten, fresh = (start(bare_version) for _ in range(3))
    own_redis.flushall()
    silent(lost)
    silent(forgotten, status="queued")
    tasks.rescue_runs()
    assert Run.objects.get(pk=lost.pk).status == "queued"
    assert Run.objects.get(pk=fresh.pk).heartbeat_at == fresh.heartbeat_at


@pytest.mark.django_db(transaction=True)
def test_messages_that_the_broker_has_lost_are_sent_again_without_piling_up(start, bare_version, own_redis):
    runs = [start(bare_version) for _ in range(3)]
    assert own_redis.llen("train") == 3
    own_redis.flushall()
    for run in runs:
        silent(run, status="queued")
    tasks.rescue_runs()
    assert own_redis.llen("train") == 3
    for run in runs:
        silent(run, status="queued")
    tasks.rescue_runs()
    assert own_redis.llen("train") == 3


@pytest.mark.django_db(transaction=True)
def test_runs_started_at_once_get_numbers_of_their_own(start, bare_version):
    def begin() -> None:
        try:
            start(bare_version)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(Run.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("status", "checkpoint", "offered"),
    [
        ("queued", False, False), ("queued", True, True), ("preparing", False, True), ("running", False, True),
        ("stopping", False, False), ("completed", True, False),
    ],
)  # fmt: skip
def test_the_list_of_work_offers_to_stop_where_something_can_be_kept(as_, owner, run, status, checkpoint, offered):
    Run.objects.filter(pk=run.pk).update(status=status)
    if checkpoint:
        with_checkpoint(run)
    (job,) = as_(owner).get(f"/api/projects/{run.project_id}/jobs/?kind=run").json()["results"]
    assert (job["stop"] == f"/api/runs/{run.pk}/stop/") is offered
    if offered:
        assert as_(owner).post(job["stop"]).status_code == 200
