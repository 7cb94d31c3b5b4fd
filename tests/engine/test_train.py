import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.version_folder import Item
from tests.engine.conftest import tiny

RESULT = {"model.keras", "metrics.json", "predictions.parquet", "environment.json", "spec.json", "card.json",
          "history.jsonl"}  # fmt: skip


def test_it_learns_far_better_than_guessing(trained):
    test = trained.json("metrics.json")["test"]
    assert test["accuracy"] > test["baseline"]["accuracy"] + 0.4


def test_the_result_folder_is_complete(trained):
    assert {path.name for path in trained.folder.iterdir() if path.is_file()} == RESULT
    assert not list(trained.folder.rglob(".*"))


def test_every_epoch_is_announced_once_in_order(trained):
    epochs = trained.events.of("epoch")
    assert [event["epoch"] for event in epochs] == [1, 2, 3, 4, 5, 6]
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(epochs[0]["metrics"])
    assert [json.loads(line)["epoch"] for line in (trained.folder / "history.jsonl").open()] == [1, 2, 3, 4, 5, 6]


def test_statuses_come_in_order(trained):
    order = [event["status"] for event in trained.events.of("status")]
    assert list(dict.fromkeys(order)) == ["preparing", "running", "evaluating", "saving"]


def test_the_result_comes_last_and_says_where(trained):
    last = trained.events.events[-1]
    assert last["event"] == "result"
    assert last["status"] == "completed"
    assert last["folder"] == str(trained.folder)
    assert last["metrics"]["test"]["accuracy"] == pytest.approx(trained.json("metrics.json")["test"]["accuracy"])


def test_the_metrics_have_all_that_the_page_shows(trained):
    metrics = trained.json("metrics.json")
    for split in ("validation", "test"):
        section = metrics[split]
        assert {"accuracy", "loss", "top_k", "macro_f1", "weighted_f1", "ece", "per_class", "confusion", "reliability",
                "baseline"} <= set(section)  # fmt: skip
        assert [item["name"] for item in section["per_class"]] == ["0", "1", "2", "3"]
        assert np.array(section["confusion"]["matrix"]).sum() == 48
    assert len(metrics["history"]) == 6
    assert metrics["timing"]["total"] > 0


def test_predictions_agree_with_the_metrics(trained):
    table = pq.read_table(trained.folder / "predictions.parquet").to_pylist()
    test = [row for row in table if row["split"] == "test"]
    assert len(table) == 96
    assert sum(row["correct"] for row in test) / len(test) == pytest.approx(
        trained.json("metrics.json")["test"]["accuracy"]
    )
    row = table[0]
    assert row["correct"] == (row["true"] == row["predicted"])
    assert row["score"] == pytest.approx(max(row["probabilities"]))
    assert sum(row["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert 0 <= row["uncertainty"] <= 1


def test_the_card_traces_the_model_to_its_version(trained, version):
    card = trained.json("card.json")
    assert card["version"]["hash"] == json.loads((version / "version.json").read_text())["hash"]
    assert [item["name"] for item in card["classes"]] == ["0", "1", "2", "3"]
    assert card["file_size"] == (trained.folder / "model.keras").stat().st_size
    assert card["parameters"] > 100_000


def test_the_model_is_plain_keras_and_takes_bytes(trained):
    import keras

    model = keras.saving.load_model(trained.folder / "model.keras")
    images = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), np.uint8)
    assert model.predict(images, verbose=0).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert model.predict(images.astype("float32"), verbose=0) == pytest.approx(model.predict(images, verbose=0))


def test_the_same_spec_gives_the_same_figures(run, version, trained):
    def figures(finished):
        return [event["metrics"] for event in finished.events.of("epoch")]

    assert figures(run(tiny(epochs=6), version)) == figures(trained)


def test_several_classes_an_image_can_be_learnt(run, freeze, digit_files):
    """Even and small are learnt beside the digit's own class."""
    tags = {"0": ["even", "small"], "1": ["small"], "2": ["even"], "3": ["odd"]}
    items = [Item(path, tags[name]) for name, paths in digit_files.items() for path in paths[:50]]
    finished = run(tiny(task="multilabel", epochs=8), freeze(items, kind="multilabel"))
    metrics = finished.json("metrics.json")
    assert metrics["test"]["mean_average_precision"] > 0.8
    assert 0 < metrics["test"]["threshold"] < 1
    assert {"micro_f1", "macro_f1", "subset_accuracy", "per_class"} <= set(metrics["test"])
    row = pq.read_table(finished.folder / "predictions.parquet").to_pylist()[0]
    assert isinstance(row["true"], list)


def test_without_test_images_validation_speaks_alone(run, freeze, digits):
    finished = run(tiny(epochs=1), freeze(digits(12), ratios={"train": 0.7, "validation": 0.3}))
    assert finished.result["metrics"]["test"] is None
    assert finished.result["metrics"]["validation"]["accuracy"] >= 0


def test_without_validation_images_the_training_loss_decides(run, freeze, digits):
    finished = run(tiny(epochs=3), freeze(digits(12), ratios={"train": 0.7, "test": 0.3}))
    assert finished.result["metrics"]["validation"] is None
    assert any("training loss" in event["message"] for event in finished.events.of("log"))


def test_it_stops_early_when_nothing_gets_better(run, version):
    finished = run(tiny(epochs=40, learning_rate=1e-9, schedule="constant", early_stopping=2, monitor="val_accuracy"),
                   version)  # fmt: skip
    assert finished.result["status"] == "completed"
    assert len(finished.events.of("epoch")) < 40


def test_a_model_of_ours_is_a_start_for_the_next(run, version, trained):
    finished = run(tiny(epochs=2, weights=str(trained.folder / "model.keras")), version)
    loaded = next(event["message"] for event in finished.events.of("log") if "Loaded" in event["message"])
    assert "model.keras" in loaded
    assert finished.result["metrics"]["test"]["accuracy"] > 0.8


def test_weights_without_a_model_are_a_start_too(run, version, trained):
    weights = trained.folder / "checkpoints" / "best" / "model.weights.h5"
    finished = run(tiny(epochs=1, weights=str(weights), fine_tune=False), version)
    assert finished.result["metrics"]["test"]["accuracy"] > 0.8


def test_a_model_with_other_classes_gives_what_fits(run, freeze, digit_files, trained):
    items = [Item(path, [name]) for name, paths in digit_files.items() if name != "3" for path in paths[:30]]
    finished = run(tiny(epochs=1, weights=str(trained.folder / "model.keras"), freeze_epochs=1), freeze(items))
    assert any("Started afresh: logits" in event["message"] for event in finished.events.of("log"))


def test_a_frozen_backbone_stays_as_it_was(run, version, trained):
    import keras

    spec = tiny(epochs=2, weights=str(trained.folder / "model.keras"), fine_tune=False,
                augmentation={"rotate": 10})  # fmt: skip
    after = keras.saving.load_model(run(spec, version).folder / "model.keras").get_layer("backbone")
    before = keras.saving.load_model(trained.folder / "model.keras").get_layer("backbone")
    assert all((a == b).all() for a, b in zip(before.get_weights(), after.get_weights(), strict=True))


def test_half_precision_ends_as_a_model_in_full_precision(run, version):
    import keras

    finished = run(tiny(epochs=1, mixed_precision="on", class_weights="balanced", resize="crop"), version)
    assert finished.json("environment.json")["precision"] == "mixed_bfloat16"
    model = keras.saving.load_model(finished.folder / "model.keras")
    assert model.get_layer("backbone").compute_dtype == "float32"


def test_a_network_of_keras_applications_trains(run, freeze, digits):
    finished = run(tiny(preset="mobilenet_025", image_size=32, epochs=1, batch_size=8), freeze(digits(6)))
    assert finished.json("card.json")["parameters"] > 218_544
