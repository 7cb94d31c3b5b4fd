"""Runs with a real engine process: started, killed, stopped, cancelled. Redis is away: it costs only live pages."""

import os
import signal
import threading
import time

import psutil
import pytest
from django.core.files.storage import default_storage
from django.db import connections

from tests.training.conftest import SPEC, make_version
from training.execution import Execution
from training.models import Run, RunStatus

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PATIENCE = 120.0


@pytest.fixture
def start(project, owner):
    version = make_version(project, owner)

    def make(**changes) -> Run:
        return Run.objects.start(project, owner, version, SPEC | changes)

    return make


class Executing:
    """An execution in a thread, as in the worker."""

    def __init__(self, run: Run):
        self.run = run
        self._thread = threading.Thread(target=self._perform)
        self._thread.start()

    def _perform(self):
        try:
            Execution(Run.objects.get(pk=self.run.pk), None).perform()
        finally:
            connections.close_all()

    def wait_for_epoch(self, number: int) -> None:
        self.wait_until(lambda: self.now().epoch >= number)

    def wait_until(self, condition) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.now().message
            assert self._thread.is_alive(), self.now().error
            time.sleep(0.02)

    def child(self) -> int:
        """Pid of the engine's process."""
        for process in psutil.Process().children():
            if "training.engine" in " ".join(process.cmdline()):
                return process.pid
        raise AssertionError("No engine process")

    def now(self) -> Run:
        return Run.objects.get(pk=self.run.pk)

    def end(self) -> Run:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.now()


def test_a_run_ends_completed_with_model_figures_and_epochs(start):
    run = Executing(start()).end()
    assert run.status == RunStatus.COMPLETED, run.error
    assert [epoch.number for epoch in run.epoch_rows.all()] == [1, 2, 3]
    assert 0 <= run.metrics["test"]["accuracy"] <= 1
    assert run.model.card["version"]["hash"] == run.version.hash
    for name in ("model.keras", "metrics.json", "predictions.parquet", "environment.json", "spec.json"):
        assert default_storage.exists(f"{run.result_folder}/{name}")


def test_a_killed_child_is_gone_on_with_and_no_epoch_is_missing(start):
    executing = Executing(start(epochs=12))
    executing.wait_for_epoch(2)
    os.kill(executing.child(), signal.SIGKILL)
    run = executing.end()
    assert run.status == RunStatus.COMPLETED, run.error
    assert run.deaths == 1
    assert [epoch.number for epoch in run.epoch_rows.all()] == list(range(1, 13))


def test_a_stopped_run_keeps_its_best_model_and_can_go_on(start):
    executing = Executing(start(epochs=500))
    executing.wait_for_epoch(2)
    executing.now().stop()
    run = executing.end()
    assert run.status == RunStatus.STOPPED, run.error
    assert run.epoch < 500
    assert run.model.card["task"] == "classification"
    assert run.has_checkpoint


def test_a_cancelled_run_ends_at_once_and_keeps_no_model(start):
    executing = Executing(start(epochs=500))
    executing.wait_for_epoch(1)
    child = executing.child()
    executing.now().cancel()
    run = executing.end()
    assert run.status == RunStatus.CANCELLED
    assert not hasattr(run, "model")
    assert not psutil.pid_exists(child)


def test_a_run_that_another_worker_has_taken_over_is_left_alone(start):
    executing = Executing(start(epochs=500))
    executing.wait_for_epoch(1)
    child = executing.child()
    Run.objects.filter(pk=executing.run.pk).update(lease=99)
    run = executing.end()
    assert run.lease == 99
    assert run.status == RunStatus.RUNNING
    assert not psutil.pid_exists(child)


def test_a_loss_that_diverges_fails_with_a_hint(start):
    run = Executing(
        start(optimizer="sgd", learning_rate=1.0, loss="crossentropy", epochs=50, schedule="constant")
    ).end()
    if run.status == RunStatus.COMPLETED:  # it recovered: then nothing was lost either
        return
    assert run.error["code"] == "diverged"
    assert run.error["hint"]


def test_a_weights_file_that_vanished_before_the_start_fails_with_its_name(start, settings):
    settings.WEIGHTS_DIR.mkdir(parents=True)
    file = settings.WEIGHTS_DIR / "mine.h5"
    file.write_bytes(b"not weights")
    run = start(weights="mine.h5", preset="mobilenet_025", image_size=32)
    broken = Executing(run).end()
    assert broken.status == RunStatus.FAILED
    assert broken.error["code"] in ("wrong_weights", "missing_weights")
    file.unlink()
    broken.resume()
    gone = Executing(run).end()
    assert gone.status == RunStatus.FAILED
    assert "mine.h5" in gone.error["message"]
