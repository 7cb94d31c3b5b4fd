"""What happens to a run when processes are killed, on the real site with real Redis and Celery."""

import os
import signal

import pytest

from tests.site import RunningSite
from tests.training.conftest import eventually
from tests.training.site_run import SiteRuns

pytestmark = [pytest.mark.site, pytest.mark.slow]

EPOCHS = 60


@pytest.fixture(scope="module")
def runs(tmp_path_factory, digits_folder):
    site = RunningSite(tmp_path_factory.mktemp("dying"), LABELAPP_JOB_LOST_SECONDS="5").start()
    yield SiteRuns(site, digits_folder)
    site.stop()


def the(pids: list[int]) -> int:
    assert len(pids) == 1
    return pids[0]


def engine(runs: SiteRuns) -> list[int]:
    return runs.site.pids(r"training\.engine train")


def assert_whole(row: dict) -> None:
    assert (row["status"], row["error"]) == ("completed", {})
    assert [each["epoch"] for each in row["history"]] == list(range(1, EPOCHS + 1))
    assert row["metrics"]["test"]["accuracy"] >= 0
    assert row["model"]


def test_a_run_completes_although_the_engine_is_killed(runs):
    run = runs.start(epochs=EPOCHS)
    reached = runs.until_epoch(run, 3)["epoch"]
    os.kill(the(engine(runs)), signal.SIGKILL)
    row = runs.finish(run)
    assert_whole(row)
    assert reached < EPOCHS
    log = runs.loop.session.get(f"{runs.site.address}/api/runs/{run['id']}/log/").text
    assert "Going on after epoch" in log


def test_a_run_completes_although_the_worker_is_killed(runs):
    run = runs.start(epochs=EPOCHS)
    runs.until_epoch(run, 3)
    child = the(engine(runs))
    os.kill(the(runs.site.pids(r"-Q train")), signal.SIGKILL)
    assert eventually(lambda: child not in engine(runs), 10), "the engine outlived its worker"
    assert_whole(runs.finish(run))


def test_a_run_goes_on_when_the_worker_is_restarted_and_no_death_is_counted(runs):
    run = runs.start(epochs=EPOCHS)
    runs.until_epoch(run, 3)
    os.kill(the(runs.site.pids(r"-Q train")), signal.SIGTERM)
    assert eventually(lambda: runs.row(run)["status"] == "queued", 20)
    assert runs.row(run)["deaths"] == 0
    assert not engine(runs)
    assert_whole(runs.finish(run))


def test_the_worker_announces_itself(runs):
    def train_worker() -> list[dict]:
        workers = runs.loop.call("GET", "/api/workers/")["results"]
        return [each for each in workers if each["queues"] == ["train"] and each["alive"]]

    assert eventually(train_worker, 30)
    worker = train_worker()[0]
    assert worker["name"].startswith("train@")
    assert worker["cpus"] >= 1
    assert worker["memory_bytes"] > 2**28
    assert 0 <= worker["usage"]["cpu"] <= 100
