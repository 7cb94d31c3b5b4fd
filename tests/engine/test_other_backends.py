"""The same engine on JAX and PyTorch. Keras takes its backend once: each training is a process of its own."""

import importlib.util
import json
import subprocess

import pytest

from tests.engine.conftest import tiny
from tests.engine.test_heat import heat_of
from training.engine.predict import Predictor


def where_installed(name: str):
    missing = not importlib.util.find_spec(name)
    return pytest.param(name, marks=pytest.mark.skipif(missing, reason=f"{name} is not installed here"))


@pytest.fixture(params=[where_installed("jax"), where_installed("torch")])
def backend(request, monkeypatch) -> str:
    monkeypatch.setenv("KERAS_BACKEND", request.param)
    return request.param


def trained_by(engine, spec_file, spec, version, tmp_path) -> list[dict]:
    return engine("train", spec_file(spec), "--version", version, "--output", tmp_path / "result").finish(timeout=240)


def test_classes_are_learnt(backend, engine, spec_file, version, tmp_path):
    events = trained_by(engine, spec_file, tiny(epochs=2), version, tmp_path)
    assert events[-1]["event"] == "result", events[-1]
    losses = [event["metrics"]["loss"] for event in events if event["event"] == "epoch"]
    assert losses[1] < losses[0]
    assert events[-1]["metrics"]["test"]["accuracy"] > 0.3


def test_boxes_are_learnt(backend, engine, spec_file, scenes, tmp_path):
    spec = tiny(task="detection", preset="compact_detector", image_size=96, epochs=2, batch_size=12)
    events = trained_by(engine, spec_file, spec, scenes("box"), tmp_path)
    assert events[-1]["event"] == "result", events[-1]
    losses = [event["metrics"]["loss"] for event in events if event["event"] == "epoch"]
    assert losses[1] < losses[0]


def test_a_heat_map_is_the_same(backend, engine, trained, digit_files):
    request = {"id": 1, "model": str(trained.folder), "images": [str(digit_files["0"][0])]}
    request["explain"] = trained.json("card.json")["classes"][0]["id"]
    child = engine("serve", "--watch-stdin", stdin=subprocess.PIPE)
    child.process.stdin.write(json.dumps(request) + "\n")
    child.process.stdin.flush()
    (there,) = json.loads(child.process.stdout.readline())["results"]
    child.process.stdin.close()
    (here,) = Predictor(trained.folder).predict([digit_files["0"][0]], explain=request["explain"])
    assert heat_of(there).astype(int) == pytest.approx(heat_of(here).astype(int), abs=2)
