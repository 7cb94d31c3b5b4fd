"""The few images that are shown after every epoch: which, where their answers lie, and how good those are."""

import base64
import json
import zlib

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.engine.conftest import tiny
from tests.engine.test_detect import DETECTOR, boxes
from tests.engine.test_segment import CLASSES, SEGMENTER, listed
from training.engine.callbacks.sample_reporter import MOST, spread
from training.engine.data.boxes import Boxes
from training.engine.tasks import task_for


def told(finished):
    return {event["epoch"]: event["images"] for event in finished.events.of("samples")}


def unpacked(geometry):
    return np.frombuffer(zlib.decompress(base64.b64decode(geometry["pixels"])), np.uint8).reshape(geometry["size"])


def test_every_epoch_shows_the_same_validation_images_of_all_classes(trained):
    epochs = told(trained)
    assert list(epochs) == [1, 2, 3, 4, 5, 6]
    assert len({tuple(each["image_id"] for each in images) for images in epochs.values()}) == 1
    last = epochs[6]
    assert len(last) == MOST
    assert {each["split"] for each in last} == {"validation"}
    shown = [each["truth"][0]["class_id"] for each in last]
    assert sorted(shown.count(each) for each in set(shown)) == [2, 2, 2, 2]


def test_the_last_answers_are_nearly_those_of_the_table(trained):
    """The best epoch is kept; where that is the last, the very same."""
    rows = {row["image_id"]: row for row in pq.read_table(trained.folder / "predictions.parquet").to_pylist()}
    best = next(event["epoch"] for event in reversed(trained.events.of("epoch")) if event["best"])
    for each in told(trained)[best]:
        row = rows[each["image_id"]]
        assert each["found"][0]["class_id"] == row["predicted"]
        assert each["found"][0]["score"] == pytest.approx(row["score"], abs=1e-4)
        assert each["agreement"] == pytest.approx(row["true_score"], abs=1e-3)


def test_without_validation_images_those_of_training_are_shown(run, freeze, digits):
    finished = run(tiny(epochs=1), freeze(digits(12), ratios={"train": 0.7, "test": 0.3}))
    assert {each["split"] for each in told(finished)[1]} == {"train"}
    assert len(told(finished)[1]) == MOST


def test_behind_a_frozen_backbone_they_are_shown_as_well(run, version, trained):
    finished = run(tiny(epochs=2, freeze_epochs=1, weights=str(trained.folder / "model.keras")), version)
    assert list(told(finished)) == [1, 2]


def test_a_resumed_run_goes_on_with_the_same_images(run, version, monkeypatch):
    from training.engine.loop.trainer import Trainer

    conclude = Trainer._conclude

    def die(self, *arguments):
        conclude(self, *arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(Trainer, "_conclude", die)
    with pytest.raises(KeyboardInterrupt):
        run(tiny(epochs=2), version)
    monkeypatch.undo()
    resumed = told(run(tiny(epochs=2), version, resume=True))
    whole = told(run(tiny(epochs=2), version))
    assert list(resumed) == [2]
    assert resumed[2] == whole[2]


def test_boxes_are_shown_in_pixels_of_the_image(run, scenes):
    folder = scenes("box")
    labels = {row["image_id"]: row for row in pq.read_table(folder / "manifest.parquet").to_pylist()}
    finished = run(tiny(**DETECTOR | {"epochs": 1}), folder)
    images = told(finished)[1]
    assert len(images) == MOST
    for each in images:
        assert each["canvas"] == [96, 64]
        wanted = [json.loads(item["geometry"])["box"] for item in labels[each["image_id"]]["annotations"]]
        shown = [item["geometry"]["box"] for item in each["truth"]]
        assert np.array(sorted(shown)) == pytest.approx(np.array(sorted(wanted)))
        assert 0 <= each["agreement"] <= 1


def test_pixels_are_shown_as_small_maps(run, scenes):
    images = told(run(tiny(**SEGMENTER | {"epochs": 1}), scenes("polygon")))[1]
    for each in images:
        (truth,), (found,) = each["truth"], each["found"]
        assert (truth["shape"], truth["geometry"]["size"]) == ("map", [64, 96])
        assert unpacked(truth["geometry"]).shape == unpacked(found["geometry"]).shape
        assert truth["geometry"]["classes"][-1] is None
        assert unpacked(found["geometry"]).max() < len(found["geometry"]["classes"])


def test_large_maps_are_shown_with_160_pixels():
    from training.engine.data.frame import Frame

    task = task_for("segmentation", CLASSES)
    assert task.canvas(Frame(3000, 4000)) == (120, 160)
    assert task.canvas(Frame(48, 64)) == (48, 64)


def test_answers_agree_by_panoptic_quality_and_by_iou():
    truth = boxes([[0, 0, 10, 10], [20, 20, 30, 30]], [0, 1])
    answer = Boxes(truth.xyxy[:1], truth.classes[:1], np.array([0.9], np.float32))
    drawn = task_for("detection", CLASSES).draw(truth, answer, {"threshold": 0.5})
    assert drawn["agreement"] == pytest.approx(1 / 1.5, abs=1e-3)
    assert [each["kind"] for each in drawn["found"]] == ["right"]
    nothing = boxes([], [])
    assert task_for("detection", CLASSES).draw(nothing, nothing, {})["agreement"] == 1
    maps = listed([[0, 1]]), listed([[0, 0]])
    assert task_for("segmentation", CLASSES).draw(maps[0][0], maps[1][0], {})["agreement"] == 0.25


def test_classes_that_pass_are_told_of_images_with_several():
    task = task_for("multilabel", CLASSES)
    drawn = task.draw(np.array([1, 0, 1.0]), np.array([0.9, 0.2, 0.4]), {"threshold": 0.5})
    assert [each["class_id"] for each in drawn["truth"]] == [1, 3]
    assert drawn["found"] == [{"class_id": 1, "score": 0.9}]
    assert drawn["agreement"] == pytest.approx(1.3 / 2.2, abs=1e-3)


def test_as_many_classes_as_possible_are_among_them():
    task = task_for("classification", [*CLASSES, type(CLASSES[0])(9, "rare", "")])
    targets = np.array([0] * 30 + [1] * 20 + [2] * 5 + [3], np.int32)
    chosen = targets[spread(task, targets, seed=3)].tolist()
    assert set(chosen) == {0, 1, 2, 3}
    assert max(chosen.count(each) for each in range(3)) <= 3
