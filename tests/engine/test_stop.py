import signal
import subprocess

from tests.engine.conftest import tiny

LONG = {"epochs": 500, "batch_size": 8, "schedule": "constant"}


def test_a_stopped_run_keeps_its_best_weights(engine, spec_file, version, tmp_path):
    output = tmp_path / "result"
    child = engine("train", spec_file(tiny(**LONG)), "--version", version, "--output", output)
    child.until(lambda event: event["event"] == "epoch" and event["epoch"] == 4)
    child.process.send_signal(signal.SIGUSR1)
    result = child.finish()[-1]
    assert child.process.returncode == 0
    assert (result["event"], result["status"]) == ("result", "stopped")
    assert result["metrics"]["test"]["accuracy"] > 0.3
    assert (output / "model.keras").exists()


def test_a_run_ends_at_once_when_its_parent_is_gone(engine, spec_file, version, tmp_path):
    child = engine("train", spec_file(tiny(**LONG)), "--version", version, "--output", tmp_path / "result",
                   "--watch-stdin", stdin=subprocess.PIPE)  # fmt: skip
    child.until(lambda event: event["event"] == "step")
    child.process.stdin.close()
    assert child.process.wait(timeout=5) == 1


def test_a_stop_in_the_first_epoch_keeps_what_there_is(run, version):
    finished = run(tiny(**LONG), version, should_stop=lambda: True)
    assert finished.result["status"] == "stopped"
    assert finished.events.of("epoch") == []
    assert (finished.folder / "model.keras").exists()
