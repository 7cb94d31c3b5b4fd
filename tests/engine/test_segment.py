"""The class of every pixel: figures, what counts, and a training on real pixels."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from sklearn.metrics import confusion_matrix, f1_score, jaccard_score

from tests.engine.conftest import TrainedRun, tiny
from training.engine.data.frame import Frame
from training.engine.data.index_map import NOTHING, OUTSIDE, IndexMap
from training.engine.data.rasterise import of_runs
from training.engine.data.version import LabelClass, Version
from training.engine.errors import EngineError
from training.engine.metrics.segmentation_report import pixel_table, segmentation_report
from training.engine.predict import Predictor
from training.engine.tasks import task_for

SEGMENTER = {"task": "segmentation", "preset": "compact_unet", "image_size": 96, "batch_size": 6}
CLASSES = [LabelClass(number, name, "#888888") for number, name in enumerate(("road", "sky", "car"), 1)]


def listed(*maps):
    made = np.empty(len(maps), object)
    made[:] = [IndexMap.of(np.array(each, np.uint8)) for each in maps]
    return made


def test_figures_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    truth, said = rng.integers(0, 4, (2, 40, 50))
    table = pixel_table(truth, said, 4)
    report = segmentation_report(table)
    assert (table == confusion_matrix(truth.ravel(), said.ravel())).all()
    assert report.iou == pytest.approx(jaccard_score(truth.ravel(), said.ravel(), average=None))
    assert report.dice == pytest.approx(f1_score(truth.ravel(), said.ravel(), average=None))
    assert report.accuracy == pytest.approx((truth == said).mean())


def test_pixels_outside_the_image_do_not_count():
    truth, said = np.array([[0, OUTSIDE], [1, OUTSIDE]]), np.array([[0, 1], [0, 0]])
    assert pixel_table(truth, said, 2).tolist() == [[1, 0], [1, 0]]


def test_pixels_without_a_shape_are_background_or_do_not_count():
    task = task_for("segmentation", CLASSES)
    truth, said = listed([[0, NOTHING], [1, NOTHING]]), listed([[0, 3], [1, 0]])
    learnt = task.evaluate(truth, said, {"background": True})
    assert (learnt["accuracy"], learnt["confusion"]["matrix"][3]) == (0.75, [1, 0, 0, 1])
    left_out = task.evaluate(truth, said, {"background": False})
    assert (left_out["accuracy"], left_out["miou"]) == (1, 1)
    assert task.encode(truth, Frame(2, 2))[0, 0, 1] == 3


def test_classes_that_are_nowhere_have_no_figures():
    section = task_for("segmentation", CLASSES).evaluate(listed([[0, 1]]), listed([[0, 0]]), {"background": False})
    assert [each["iou"] for each in section["per_class"]] == pytest.approx([0.5, 0.0, np.nan], nan_ok=True)
    assert section["miou"] == pytest.approx(0.25)


@pytest.fixture(scope="module")
def segmenter(scenes, tmp_path_factory):
    spec = tiny(**SEGMENTER | {"epochs": 25, "learning_rate": 3e-3})
    return TrainedRun(spec, scenes("polygon"), tmp_path_factory.mktemp("segmenter") / "result")


def test_a_segmenter_learns_where_digits_are(segmenter):
    test = segmenter.json("metrics.json")["test"]
    assert test["accuracy"] > 0.8
    assert test["miou"] > 0.3
    assert test["count"] == 12
    assert segmenter.json("card.json")["settings"] == {"background": True}


def test_every_epoch_tells_the_figures_of_pixels(segmenter):
    assert {"loss", "val_loss", "val_miou", "val_dice"} <= set(segmenter.events.of("epoch")[-1]["metrics"])


def test_its_answers_are_masks_of_the_images_size(segmenter, scenes):
    folder = scenes("polygon")
    row = next(each for each in pq.read_table(folder / "manifest.parquet").to_pylist() if each["split"] == "test")
    (answer,) = Predictor(segmenter.folder).predict([folder / "images" / row["sha256"][:2] / row["sha256"]])
    assert answer["predictions"]
    for each in answer["predictions"]:
        assert each["shape"] == "mask"
        assert each["geometry"]["size"] == [64, 96]
        assert of_runs(each["geometry"]).any()
        assert 0 < each["score"] <= 1


def test_the_table_of_answers_says_how_far_pixels_agree(segmenter):
    rows = pq.read_table(segmenter.folder / "predictions.parquet").to_pylist()
    assert len(rows) == 24
    assert all(0 <= row["iou"] <= 1 and 0 <= row["true_score"] <= 1 for row in rows)


def test_a_version_without_areas_is_refused(run, version):
    with pytest.raises(EngineError) as refused:
        run(tiny(**SEGMENTER), version)
    assert refused.value.code == "too_few_images"
    assert "no polygons" in refused.value.message


def test_what_covers_nearly_all_leaves_no_background(freeze, tmp_path):
    import cv2

    from benchmarks.version_folder import Item

    cv2.imwrite(str(tmp_path / "a.png"), np.random.default_rng(0).integers(0, 255, (40, 40, 3), np.uint8))
    halves = [("road", "box", {"box": [0, 0, 40, 20]}), ("sky", "box", {"box": [0, 20, 40, 19.5]})]
    version = Version.read(freeze([Item(tmp_path / "a.png", (), "train", halves)], kind="any"))
    task = task_for("segmentation", version.classes)
    labels = task.targets(version)
    assert task.settings(labels.targets, labels.targets) == {"background": False}
