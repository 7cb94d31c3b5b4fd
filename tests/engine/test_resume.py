import shutil
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.engine.conftest import TrainedRun, tiny
from training.engine.errors import EngineError
from training.engine.export.keras_file import load_model

AUGMENTED = {"rotate": 10, "noise": 0.1}


def weights_of(folder):
    with np.load(folder / "checkpoints" / "last" / "state.npz") as stored:
        return {name: stored[name] for name in stored.files if name != "meta"}


@pytest.mark.parametrize(
    "dials", [{}, {"weight_averaging": 0.9, "gradient_accumulation": 5, "clip_norm": 0.5}], ids=["plain", "dials"]
)
def test_a_run_killed_in_mid_epoch_ends_with_the_weights_it_would_have_had(
    engine, run, spec_file, version, tmp_path, dials
):
    """36 batches an epoch are no multiple of 5: gradients are carried over from one epoch to the next."""
    wanted = tiny(epochs=5, batch_size=4, augmentation=AUGMENTED, dropout=0.3, **dials)
    whole = run(wanted, version).folder
    expected = weights_of(whole)

    spec = spec_file(wanted)
    cut = engine("train", spec, "--version", version, "--output", tmp_path / "cut")
    cut.until(lambda event: event["event"] == "step" and event["epoch"] == 3)
    cut.process.send_signal(signal.SIGKILL)
    cut.process.wait()

    resumed = engine("train", spec, "--version", version, "--output", tmp_path / "cut", "--resume").finish()
    epochs = [event["epoch"] for event in resumed if event["event"] == "epoch"]
    assert epochs in ([3, 4, 5], [4, 5])
    assert resumed[-1]["status"] == "completed"
    found = weights_of(tmp_path / "cut")
    assert expected.keys() == found.keys()
    assert all((expected[name] == found[name]).all() for name in expected)
    assert len((tmp_path / "cut" / "history.jsonl").read_text().splitlines()) == 5
    kept, again = (load_model(folder).model.get_weights() for folder in (whole, tmp_path / "cut"))
    assert all((one == other).all() for one, other in zip(kept, again, strict=True))


def test_both_stages_of_fine_tuning_resume_exactly(run, version, trained, tmp_path, monkeypatch):
    """Cut off in the frozen stage, and again after it."""
    from training.engine.loop.trainer import Trainer

    spec = tiny(epochs=4, freeze_epochs=2, weights=str(trained.folder / "model.keras"), augmentation=AUGMENTED)
    whole = weights_of(run(spec, version).folder)
    conclude = Trainer._conclude

    def die(self, stage, metrics, statistics, speed, seconds, progress, judge):
        conclude(self, stage, metrics, statistics, speed, seconds, progress, judge)
        if progress.epoch in (1, 3):
            raise KeyboardInterrupt

    monkeypatch.setattr(Trainer, "_conclude", die)
    for attempt in range(2):
        with pytest.raises(KeyboardInterrupt):
            run(spec, version, resume=attempt > 0)
    monkeypatch.undo()
    found = weights_of(run(spec, version, resume=True).folder)
    assert all((whole[name] == found[name]).all() for name in whole)


@pytest.fixture
def copied(trained, tmp_path):
    """A copy of a finished run's folder."""
    return Path(shutil.copytree(trained.folder, tmp_path / "copied"))


def test_resuming_without_a_checkpoint_starts_from_the_beginning(run, version):
    assert len(run(tiny(epochs=1), version, resume=True).events.of("epoch")) == 1


def test_resuming_a_finished_run_trains_nothing_more(version, trained, copied):
    again = TrainedRun(tiny(epochs=6), version, copied, resume=True)
    assert again.events.of("epoch") == []
    [told] = again.events.of("history")
    assert [each["epoch"] for each in told["epochs"]] == [each["epoch"] for each in trained.events.of("epoch")]
    assert again.result["metrics"] == trained.result["metrics"]


def test_another_spec_is_not_resumed(version, copied):
    with pytest.raises(EngineError, match="epochs") as caught:
        TrainedRun(tiny(epochs=7), version, copied, resume=True)
    assert caught.value.code == "wrong_checkpoint"
