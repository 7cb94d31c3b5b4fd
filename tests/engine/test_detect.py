"""Boxes: from labels to what the loss takes, from what a model says to boxes, and a training on real pixels."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.engine.conftest import tiny
from training.engine.data.boxes import Boxes
from training.engine.data.found import found
from training.engine.data.frame import Frame
from training.engine.encode.centres import centres
from training.engine.errors import EngineError
from training.engine.evaluation.detection import detection_section
from training.engine.metrics.detections import detection_report
from training.engine.metrics.matching import matched
from training.engine.metrics.score_threshold import best_score
from training.engine.predict import Predictor

DETECTOR = {"task": "detection", "preset": "compact_detector", "image_size": 96, "batch_size": 6}


def boxes(xyxy, classes, scores=None):
    made = Boxes.of(xyxy, classes)
    return made if scores is None else Boxes(made.xyxy, made.classes, np.array(scores, np.float32))


def test_a_model_that_says_what_it_was_told_is_read_as_the_labels():
    labels = boxes([[8, 4, 40, 28], [50, 30, 62, 60], [4, 34, 44, 62]], [0, 2, 1])
    cells = centres([labels], Frame(64, 96), 3, 4)[0]
    rows, columns = np.mgrid[0:16, 0:24] + 0.5
    left, top, right, bottom = np.moveaxis(cells[..., 3:7], -1, 0)
    sides = np.stack([columns - left, rows - top, columns + right, rows + bottom], axis=-1) * 4
    read, _cells = found(np.concatenate([sides, cells[..., :3]], axis=-1).reshape(-1, 7), 16)
    sure = read.only(read.scores > 0.99)
    order = np.argsort(sure.classes)
    assert sure.classes[order].tolist() == [0, 1, 2]
    assert sure.xyxy[order] == pytest.approx(labels.xyxy[[0, 2, 1]], abs=1e-3)


def test_boxes_weigh_the_same_whatever_their_size():
    cells = centres([boxes([[0, 0, 90, 60]], [0])], Frame(64, 96), 1, 4)[0]
    small = centres([boxes([[40, 40, 46, 46]], [0])], Frame(64, 96), 1, 4)[0]
    assert cells[..., -1].sum() == pytest.approx(1, abs=1e-4)
    assert small[..., -1].sum() == pytest.approx(1, abs=1e-4)
    assert (cells[..., 0] == 1).sum() == (small[..., 0] == 1).sum() == 1


def test_a_perfect_detector_has_all_figures_at_one():
    truth = [boxes([[0, 0, 20, 20], [30, 30, 140, 140]], [0, 1]), boxes([], [])]
    report = detection_report(truth, truth, 3)
    assert (report.map, report.map50, report.map75) == pytest.approx((1, 1, 1))
    assert report.ap[:2] == pytest.approx([1, 1])
    assert np.isnan(report.ap[2])
    assert report.by_size[::2] == pytest.approx((1, 1))
    assert np.isnan(report.by_size[1])


def test_average_precision_is_that_of_the_ranked_list():
    """Two labels; found are a right box, a false one, then a right one: precision 1 up to half, 2/3 after."""
    truth = [boxes([[0, 0, 10, 10], [50, 50, 60, 60]], [0, 0])]
    answers = [boxes([[0, 0, 10, 10], [30, 0, 40, 10], [50, 50, 60, 60]], [0, 0, 0], [0.9, 0.8, 0.7])]
    assert detection_report(truth, answers, 1).map50 == pytest.approx((51 + 50 * 2 / 3) / 101)


def test_every_kind_of_error_has_its_name():
    truth = boxes([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10], [60, 0, 70, 10]], [0, 0, 0, 0])
    answers = boxes(
        [[0, 0, 10, 10], [0, 0, 10, 9], [20, 0, 30, 10], [44, 0, 54, 10], [80, 0, 90, 10]],
        [0, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.5],
    )  # fmt: skip
    match = matched(truth, answers)
    assert match.kind == ["right", "double", "confused", "misplaced", "false"]
    assert match.label_of.tolist() == [0, 0, 1, 2, -1]
    assert match.missed.tolist() == [1, 2, 3]


def test_the_table_of_confusion_counts_every_label_once():
    names = [type("C", (), {"id": 7, "name": "cat"}), type("C", (), {"id": 9, "name": "dog"})]
    truth = [boxes([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10]], [0, 0, 1])]
    answers = [boxes([[0, 0, 10, 10], [20, 0, 30, 10], [70, 0, 80, 10]], [0, 1, 1], [0.9, 0.8, 0.7])]
    section = detection_section(names, truth, answers, 0.5)
    assert section["confusion"]["matrix"] == [[1, 1, 0], [0, 0, 1], [0, 1, 0]]
    assert section["errors"] == {"right": 1, "confused": 1, "misplaced": 0, "double": 0, "false": 1, "missed": 2}
    assert section["precision"] == pytest.approx(1 / 3)


def test_the_threshold_is_the_score_with_the_best_f1():
    truth = [boxes([[0, 0, 10, 10], [20, 0, 30, 10]], [0, 0])]
    answers = [boxes([[0, 0, 10, 10], [20, 0, 30, 10], [50, 0, 60, 10]], [0, 0, 0], [0.9, 0.6, 0.3])]
    assert best_score(truth, answers) == pytest.approx(0.6)
    assert best_score(truth, [boxes([], [])]) == 0.5


@pytest.fixture(scope="module")
def detector(scenes, tmp_path_factory):
    from tests.engine.conftest import TrainedRun

    spec = tiny(**DETECTOR | {"epochs": 60, "learning_rate": 3e-3})
    return TrainedRun(spec, scenes("box"), tmp_path_factory.mktemp("detector") / "result")


def test_a_detector_learns_to_find_digits(detector):
    test = detector.json("metrics.json")["test"]
    assert test["map50"] > 0.5
    assert test["count"] == 12
    assert test["objects"] == sum(each["support"] for each in test["per_class"])
    card = detector.json("card.json")
    assert (card["frame"], card["task"]) == ([64, 96], "detection")
    assert 0 < card["settings"]["threshold"] < 1


def test_every_epoch_tells_the_figures_of_boxes(detector):
    assert {"loss", "val_loss", "val_map", "val_map50"} <= set(detector.events.of("epoch")[-1]["metrics"])


def test_its_answers_lie_in_the_image_whatever_its_size(detector, scenes, tmp_path):
    import cv2

    folder = scenes("box")
    rows = pq.read_table(folder / "manifest.parquet").to_pylist()
    row = next(each for each in rows if each["split"] == "test")
    small = cv2.imread(str(folder / "images" / row["sha256"][:2] / row["sha256"]))
    cv2.imwrite(str(tmp_path / "large.png"), cv2.resize(small, None, fx=5, fy=5, interpolation=cv2.INTER_CUBIC))
    (answer,) = Predictor(detector.folder).predict([tmp_path / "large.png"], top=100)
    chosen = [each for each in answer["predictions"] if each["chosen"]]
    labels = [json.loads(each["geometry"])["box"] for each in row["annotations"]]
    truth = boxes([[5 * x, 5 * y, 5 * (x + w), 5 * (y + h)] for x, y, w, h in labels], [0] * len(labels))
    corners = [each["geometry"]["box"] for each in chosen]
    said = boxes([[x, y, x + w, y + h] for x, y, w, h in corners], [0] * len(corners), [1.0] * len(corners))
    assert "right" in matched(truth, said).kind
    assert all(each["shape"] == "box" for each in chosen)


def test_the_table_of_answers_says_what_is_wrong_where(detector):
    rows = pq.read_table(detector.folder / "predictions.parquet").to_pylist()
    assert len(rows) == 24
    for row in rows:
        answers = json.loads(row["found"])
        wrong = sum(each["kind"] != "right" for each in answers)
        assert wrong <= row["errors"] <= wrong + len(json.loads(row["missed"]))
        assert row["correct"] == (row["errors"] == 0)


def test_a_version_without_boxes_is_refused(run, version):
    with pytest.raises(EngineError) as refused:
        run(tiny(**DETECTOR), version)
    assert refused.value.code == "too_few_images"
    assert "no boxes" in refused.value.message


def test_one_class_is_enough(run, freeze, tmp_path):
    import cv2

    from benchmarks.version_folder import Item

    cv2.imwrite(str(tmp_path / "a.png"), np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))
    items = [
        Item(tmp_path / "a.png", (), split, [("cell", "box", {"box": [8, 8, 30, 30]})]) for split in ("train", "test")
    ]
    result = run(tiny(**DETECTOR | {"image_size": 64, "epochs": 1}), freeze(items, kind="detection"))
    assert result.result["status"] == "completed"


def test_what_nobody_has_finished_is_not_learnt_as_nothing():
    from training.engine.data.version import Annotation, ImageRow, LabelClass, Version
    from training.engine.tasks import task_for

    box = Annotation(7, "box", {"box": [1, 1, 9, 9]})
    images = tuple(
        ImageRow(number, "", name, 20, 20, "train", annotations, finished)
        for number, (name, annotations, finished) in enumerate(
            [("boxes", (box,), True), ("half", (box,), False), ("empty", (), True), ("new", (), False)]
        )
    )
    version = Version("", 1, "", "any", (LabelClass(7, "cat", ""),), images, None)
    labels = task_for("detection", version.classes).targets(version)
    assert [each.name for each in labels.images] == ["boxes", "half", "empty"]
    assert labels.unlabelled == 1
