"""Real trainings in real child processes, and what may happen to them."""

import signal

import pytest
from django.core.files.storage import default_storage

from tests.training.conftest import eventually
from training import execution
from training.models import Model, Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LONG = 40  # epochs: some seconds of these digits


def epochs_of(run: Run) -> list[int]:
    return list(run.epoch_rows.values_list("number", flat=True))


def test_a_run_ends_completed_with_epochs_figures_and_model(version, start, performing, as_):
    run = performing(start(version)).finish()
    assert (run.status, run.error, run.epoch, run.epochs) == ("completed", {}, 3, 3)
    assert epochs_of(run) == [1, 2, 3]
    assert set(run.metrics) >= {"test", "validation"}
    assert 0 <= run.metrics["test"]["accuracy"] <= 1
    model = Model.objects.get(run=run)
    assert model.card["version"] == {"id": version.pk, "number": version.number, "hash": version.hash}
    assert [each["name"] for each in model.card["classes"]] == ["digit 0", "digit 1", "digit 2"]
    stored = set(default_storage.listdir(run.result_folder)[1])
    assert stored >= {"model.keras", "metrics.json", "predictions.parquet", "card.json", "log.txt"}
    assert [path.name for path in run.work_folder.iterdir() if path.is_dir()] == []
    assert not run.has_checkpoint
    client = as_(run.created_by)
    address = client.get(f"/api/models/{model.pk}/").json()["files"]["keras"]
    downloaded = client.get(address)
    assert downloaded.status_code == 200
    assert int(downloaded["Content-Length"]) == default_storage.size(f"{run.result_folder}/model.keras")
    assert as_(None).get(address).status_code == 401
    assert client.post(address).status_code == 405
    assert "keras" in client.get(f"/api/models/{model.pk}/files/onnx/").json()["error"]["message"]
    taken = {"version": version.pk, "spec": {"weights": default_storage.path(f"{run.result_folder}/model.keras")}}
    answer = client.post(f"/api/projects/{run.project_id}/runs/", taken, format="json")
    assert "site's own" in answer.json()["error"]["fields"]["spec.weights"][0]


def test_a_killed_child_is_gone_on_with_from_its_checkpoint(version, start, performing):
    working = performing(start(version, epochs=LONG))
    before = working.until(lambda run: run.epoch >= 5 and run.has_checkpoint)
    before.epoch_rows.filter(number=4).delete()  # as a locked database would have left it out
    working.child().send_signal(signal.SIGKILL)
    working.until(lambda run: "died" in run.message or run.epoch > before.epoch + 1)
    run = working.finish()
    assert run.status == "completed"
    assert epochs_of(run) == list(range(1, LONG + 1))
    log = run.log_file.read_text()
    assert "killed, most likely because memory ran out" in log
    assert "Going on after epoch" in log


def test_a_child_that_always_dies_is_given_up_with_a_reason(version, start, performing):
    working = performing(start(version, epochs=LONG))
    killed = set()
    while working.is_alive():
        child = working.child()
        if child and child.pid not in killed:
            killed.add(child.pid)
            child.kill()
    run = working.finish()
    assert len(killed) == 3
    assert (run.status, run.error["code"]) == ("failed", "engine_died")
    assert "3 times" in run.error["message"]
    assert run.error["hint"]
    run.resume()
    assert Run.objects.get(pk=run.pk).deaths == 0


def test_what_the_engine_finds_wrong_fails_the_run_with_code_and_hint(version, start, performing, tmp_path):
    broken = tmp_path / "broken.keras"
    broken.write_bytes(b"no model")
    run = performing(start(version, weights=str(broken))).finish()
    assert (run.status, run.error["code"]) == ("failed", "wrong_weights")
    assert run.error["message"]
    assert run.error["hint"]
    assert run.error["message"] in run.log_file.read_text()


def test_a_weights_file_that_has_gone_since_is_named(version, start, performing, tmp_path):
    weights = tmp_path / "there.h5"
    weights.write_bytes(b"")
    run = start(version, weights=str(weights))
    weights.unlink()
    run = performing(run).finish()
    assert run.status == "failed"
    assert str(weights) in run.error["message"]


def test_stop_keeps_the_best_weights_and_resume_goes_on(version, start, performing):
    working = performing(start(version, epochs=LONG))
    working.until(lambda run: run.epoch >= 3).stop()
    run = working.finish()
    assert run.status == "stopped"
    assert 3 <= run.epoch < LONG
    assert run.metrics["test"]["accuracy"] >= 0
    assert default_storage.exists(Model.objects.get(run=run).stored_file("keras"))
    run.resume()
    again = performing(run).finish()
    assert again.status == "completed"
    assert epochs_of(again) == list(range(1, LONG + 1))
    assert Model.objects.filter(run=run).count() == 1


def test_stop_before_the_first_step_does_not_kill_the_child(version, start, performing):
    working = performing(start(version, epochs=LONG))
    working.until(lambda run: run.status == "preparing").stop()
    run = working.finish()
    assert (run.status, run.error) == ("stopped", {})
    assert Model.objects.filter(run=run).exists()


def test_cancel_ends_the_child_and_leaves_only_the_log(version, start, performing):
    working = performing(start(version, epochs=LONG))
    working.until(lambda run: run.epoch >= 2).cancel()
    run = working.finish()
    assert run.status == "cancelled"
    assert working.child() is None
    assert not (run.work_folder / "result").exists()
    assert not run.checkpoints.exists()
    assert not Model.objects.filter(run=run).exists()
    assert run.log_file.exists()


def test_a_run_that_is_deleted_while_it_trains_leaves_no_files(version, start, performing):
    working = performing(start(version, epochs=LONG))
    run = working.until(lambda run: run.epoch >= 2)
    folder = run.work_folder
    run.discard()
    working.join(60)
    assert not working.is_alive()
    assert working.child() is None
    assert not folder.exists()


def test_a_worker_that_has_lost_its_run_ends_its_child_and_keeps_off_the_row(version, start, performing):
    working = performing(start(version, epochs=LONG))
    run = working.until(lambda run: run.epoch >= 2 and run.has_checkpoint)
    # As beat does when the worker was silent for too long, although it lives.
    run.bury()
    assert run.status == "queued"
    second = Run.objects.get(pk=run.pk)
    assert second.claim(None)
    claimed = Run.objects.get(pk=run.pk).epoch
    assert eventually(lambda: working.child() is None, 30)
    working.finish()
    now = Run.objects.get(pk=run.pk)
    assert (now.status, now.lease, now.deaths) == ("preparing", second.lease, 1)
    assert now.epoch == claimed


def test_a_worker_that_ends_hands_its_run_back_and_the_next_one_goes_on(version, start, performing):
    working = performing(start(version, epochs=LONG))
    working.until(lambda run: run.epoch >= 3 and run.has_checkpoint)
    execution.shutting_down.set()
    try:
        run = working.finish()
    finally:
        execution.shutting_down.clear()
    assert (run.status, run.deaths, run.worker) == ("queued", 0, None)
    assert working.child() is None
    run = performing(run).finish()
    assert run.status == "completed"
    assert epochs_of(run) == list(range(1, LONG + 1))
