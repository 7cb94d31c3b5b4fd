import json

import pytest

from training.engine.errors import EngineError
from training.engine.evaluate import evaluate
from training.engine.events import EventList


def test_it_finds_the_figures_of_the_training_again(trained, version, tmp_path):
    result = evaluate(trained.folder, version, "test", tmp_path, EventList())
    assert result["metrics"]["test"] == trained.result["metrics"]["test"]
    assert json.loads((tmp_path / "metrics.json").read_text())["test"]["confusion"]
    assert (tmp_path / "predictions.parquet").exists()


def test_the_command_takes_the_model_file_alone(engine, trained, version, tmp_path):
    alone = tmp_path / "copied.keras"
    alone.write_bytes((trained.folder / "model.keras").read_bytes())
    child = engine("evaluate", "--model", alone, "--version", version, "--split", "validation", "--output", tmp_path)
    result = child.finish()[-1]
    assert child.process.returncode == 0
    assert result["metrics"]["validation"] == trained.result["metrics"]["validation"]


def test_an_empty_split_is_refused(trained, freeze, digits, tmp_path):
    folder = freeze(digits(3), ratios={"train": 1.0})
    with pytest.raises(EngineError) as caught:
        evaluate(trained.folder, folder, "test", tmp_path, EventList())
    assert caught.value.code == "too_few_images"


def test_a_model_that_is_not_there_is_refused(version, tmp_path):
    with pytest.raises(EngineError) as caught:
        evaluate(tmp_path / "none.keras", version, "test", tmp_path, EventList())
    assert caught.value.code == "missing_weights"
