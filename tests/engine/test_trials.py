"""What a trial finds is used, remembered, and changes nothing of what is learnt."""

import json

import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine import trials


@pytest.fixture
def always_worth_it(monkeypatch):
    monkeypatch.setattr(trials, "WORTH_STEPS", 1)
    monkeypatch.setattr(trials, "_SECONDS", 0.05)


def told(run) -> list[str]:
    return [
        event["message"] for event in run.events.of("log") if "Tried" in event["message"] or "tried" in event["message"]
    ]


def weights(run) -> np.ndarray:
    stored = np.load(run.folder / "checkpoints" / "last" / "state.npz")
    return np.concatenate([stored[name].ravel() for name in stored.files if name.startswith("v")])


def test_a_short_run_tries_nothing(run, version):
    assert told(run(tiny(epochs=1, workers=None), version)) == []


def test_threads_are_tried_once_and_the_answer_is_remembered(always_worth_it, run, version, tmp_path):
    spec = tiny(epochs=1, workers=None)
    cache = tmp_path / "cache"
    first = run(spec, version, cache_folder=cache)
    (sentence,) = told(first)
    assert "reader thread" in sentence
    (file,) = (cache / "trials").iterdir()
    assert json.loads(file.read_text())["key"]["preset"] == "compact_cnn"
    learnt = weights(first)
    again = run(spec, version, cache_folder=cache)
    (sentence,) = told(again)
    assert "before" in sentence
    assert weights(again) == pytest.approx(learnt, abs=0)


def test_a_run_whose_settings_were_tried_learns_what_it_would_have_learnt_with_them(
    always_worth_it, monkeypatch, run, version, tmp_path
):
    monkeypatch.setattr(trials, "WORTH_SECONDS", 0.0)
    tried = run(tiny(epochs=1), version, cache_folder=tmp_path / "cache")
    (sentence,) = told(tried)
    assert "XLA on" in sentence
    assert "XLA off" in sentence
    (file,) = (tmp_path / "cache" / "trials").iterdir()
    found = weights(tried)
    chosen = "on" if json.loads(file.read_text())["xla"] else "off"
    asked = run(tiny(epochs=1, xla=chosen), version)
    assert weights(asked) == pytest.approx(found, abs=0)
    meta = json.loads(np.load(asked.folder / "checkpoints" / "last" / "state.npz")["meta"].tobytes())
    assert meta["progress"]["xla"] is (chosen == "on")
