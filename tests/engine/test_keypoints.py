"""Points of things: how they are moved, told and counted, and a training on real pixels."""

import contextlib
import io
import json

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from benchmarks.version_folder import Item, write_version
from tests.engine.conftest import TrainedRun, tiny
from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame
from training.engine.data.poses import Poses
from training.engine.data.skeletons import Skeletons
from training.engine.data.version import Annotation, ImageRow, LabelClass, Version
from training.engine.encode.points import points
from training.engine.errors import EngineError
from training.engine.metrics.detections import detection_report
from training.engine.predict import Predictor
from training.engine.tasks import task_for

SPEC = {"task": "keypoints", "image_size": 96, "batch_size": 6}
PERSON = [
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
]  # fmt: skip
ARM = {"points": [{"name": name} for name in ("left_end", "right_end", "top")], "edges": [[0, 1]], "flip": [[0, 1]]}
CLASSES = [LabelClass(7, "arm", "", ARM), LabelClass(9, "dot", "", {"points": [{"name": "middle"}], "edges": []})]


def named(names):
    return LabelClass(1, "thing", "", {"points": [{"name": name} for name in names], "edges": []})


def poses(rows, classes=None, known=None, scores=None):
    """Labels from lists of points, padded; answers with scores."""
    known = Skeletons(known or CLASSES)
    every = np.array(rows, np.float32)
    low = [each[each[:, 2] > 0, :2].min(axis=0) for each in every]
    high = [each[each[:, 2] > 0, :2].max(axis=0) for each in every]
    boxes = Boxes.of([[*first, *last] for first, last in zip(low, high, strict=True)], classes or [0] * len(rows))
    if scores is not None:
        boxes = Boxes(boxes.xyxy, boxes.classes, np.array(scores, np.float32))
    return Poses(boxes, every, known)


def test_coco_has_sigmas_for_its_person_and_others_have_one_for_all():
    with contextlib.redirect_stdout(io.StringIO()):
        known = COCOeval(iouType="keypoints").params.kpt_oks_sigmas
    assert Skeletons([named(PERSON)]).sigmas[0] == pytest.approx(known)
    assert Skeletons([named(PERSON[:5])]).sigmas[0] == pytest.approx([0.05] * 5)


def test_a_mirror_makes_left_points_right_ones_where_the_skeleton_says_so():
    mirror = np.array([[-1.0, 0, 100], [0, 1, 0], [0, 0, 1]])
    label = poses([[[10, 20, 1], [40, 30, 0], [25, 5, 1]]])
    moved = label.mapped(mirror)
    assert moved.points[0].tolist() == [[60, 30, 0], [90, 20, 1], [75, 5, 1]]
    assert moved.mapped(mirror).points == pytest.approx(label.points)
    half_a_turn = np.array([[-1.0, 0, 100], [0, -1, 100], [0, 0, 1]])
    assert label.mapped(half_a_turn).points[0, 0].tolist() == [90, 80, 1]
    assert poses([[[10, 20, 1], [40, 30, 1]]], known=[named(["left_a", "right_a"])]).mapped(mirror).points[
        0, 0
    ].tolist() == [90, 20, 1]


def test_points_beyond_the_edge_are_not_there():
    label = poses([[[-5, 20, 1], [40, 30, 1], [25, 5, 1]], [[150, 20, 1], [160, 30, 1], [170, 25, 1]]])
    left = label.inside(64, 96)
    assert left.points[:, :, 2].tolist() == [[0, 1, 1]]
    assert left.boxes.xyxy[0].tolist() == [0, 5, 40, 30]


def test_a_thing_is_told_by_the_points_of_its_class():
    said = poses([[[10, 20, 0.9], [40, 30, 0.2], [25, 5, 0.6]], [[8, 9, 0.3], [0, 0, 0.1], [0, 0, 0]]], [0, 1])
    assert said.geometry(0) == {"points": [[10, 20, 2], [0, 0, 0], [25, 5, 2]]}
    assert said.geometry(1) == {"points": [[8, 9, 2]]}


def test_every_cell_knows_the_points_of_its_thing():
    label = poses([[[10, 20, 1], [50, 30, 0], [30, 40, 1]]])
    cells = points([label], Frame(64, 96), 2, 4)[0]
    row, column = np.argwhere(cells[..., 0] == 1)[0]
    told = cells[row, column, 6:-1].reshape(3, 3).T
    places = (told[:, :2] + [column + 0.5, row + 0.5]) * 4
    assert places[[0, 2]] == pytest.approx(np.array([[10, 20], [30, 40]]), abs=1e-3)
    assert told[:, 2].tolist() == [1, 0, 1]
    assert cells[..., -1].sum() == pytest.approx(1)


def by_pycocotools(truth, answers, sigmas):
    """Figures of COCOeval as it is, from rows in the format of COCO's files."""
    with contextlib.redirect_stdout(io.StringIO()):
        labels, results = COCO(), COCO()
        for made, images in ((labels, truth), (results, answers)):
            rows = []
            for number, things in enumerate(images, 1):
                for place in range(len(things)):
                    left, top, right, bottom = things.boxes.xyxy[place].tolist()
                    rows.append(
                        {
                            "id": len(rows) + 1,
                            "image_id": number,
                            "category_id": 1,
                            "iscrowd": 0,
                            "score": float(things.scores[place]),
                            "area": float(things.areas[place]),
                            "bbox": [left, top, right - left, bottom - top],
                            "keypoints": (things.points[place] * [1, 1, 2]).reshape(-1).tolist(),
                            "num_keypoints": int((things.points[place, :, 2] > 0).sum()),
                        }
                    )
            images = [{"id": each} for each in range(1, len(truth) + 1)]
            made.dataset = {"images": images, "categories": [{"id": 1}], "annotations": rows}
            made.createIndex()
        evaluation = COCOeval(labels, results, "keypoints")
        evaluation.params.kpt_oks_sigmas = np.asarray(sigmas)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation.stats


@pytest.mark.parametrize("names", [PERSON, PERSON[:5]])
def test_figures_are_those_of_pycocotools(names):
    rng, known = np.random.default_rng(4), [named(names)]
    truth, answers = [], []
    for _ in range(8):
        rows = np.concatenate([rng.uniform(0, 200, (3, len(names), 2)), rng.random((3, len(names), 1)) < 0.7], axis=-1)
        rows[:, 0, 2] = rows[:, 1, 2] = 1
        near = rows + np.concatenate([rng.normal(0, 9, (3, len(names), 2)), np.zeros((3, len(names), 1))], axis=-1)
        far = np.concatenate([rng.uniform(0, 200, (2, len(names), 2)), np.ones((2, len(names), 1))], axis=-1)
        truth.append(poses(rows, known=known))
        answers.append(poses([*near, *far], known=known, scores=rng.random(5)))
    stats = by_pycocotools(truth, answers, Skeletons(known).sigmas[0])
    report = detection_report(truth, answers, 1)
    assert 0.05 < stats[0] < 0.95
    assert (report.map, report.map50, report.map75) == pytest.approx(tuple(stats[:3]))
    assert np.nan_to_num(report.by_size[1:], nan=-1) == pytest.approx(stats[3:5])  # -1: nothing of that size
    assert report.average_recall == pytest.approx(stats[5])


def test_one_skeleton_may_have_fewer_points_than_another():
    label = poses([[[10, 20, 1], [40, 30, 1], [25, 5, 1]], [[50, 50, 1], [0, 0, 0], [0, 0, 0]]], [0, 1])
    assert np.diag(label.overlaps(label)) == pytest.approx([1, 1])


def bars(rng):
    """A grey picture of 96 x 64 pixels with one or two bars in it: a bright end, a darker one, a dot above."""
    picture, shapes = rng.integers(0, 40, (64, 96)).astype(np.uint8), []
    for column in rng.permutation(2)[: rng.integers(1, 3)]:
        x, y = 24 + 48 * column + rng.uniform(-4, 4), 34 + rng.uniform(-10, 10)
        lean = rng.uniform(-6, 6)
        ends = [(x - 14, y + lean), (x + 14, y - lean), (x, y - 14)]
        cv2.line(picture, *[tuple(round(each) for each in end) for end in ends[:2]], 110, 3)
        for end, grey in zip(ends, (255, 170, 210), strict=True):
            cv2.circle(picture, tuple(round(each) for each in end), 4, grey, -1)
        told = [[round(each[0]) + 0.5, round(each[1]) + 0.5, 2] for each in ends]
        shapes.append(("arm", "keypoints", {"points": told}))
    return picture, shapes


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A version of 60 such pictures, of a class with a skeleton."""
    folder, rng, items = tmp_path_factory.mktemp("drawn"), np.random.default_rng(5), []
    for number in range(60):
        picture, shapes = bars(rng)
        cv2.imwrite(str(folder / f"{number:02}.png"), picture)
        split = ("train", "train", "train", "validation", "test")[number % 5]
        items.append(Item(folder / f"{number:02}.png", (), split, shapes))
    version = write_version(folder / "version", items, kind="keypoints")
    head = json.loads((version / "version.json").read_text())
    head["classes"][0]["skeleton"] = ARM
    (version / "version.json").write_text(json.dumps(head))
    return version


@pytest.fixture(scope="module")
def trained(drawn, tmp_path_factory):
    spec = tiny(**SPEC | {"epochs": 20, "learning_rate": 3e-3})
    return TrainedRun(spec, drawn, tmp_path_factory.mktemp("keypoints") / "result")


def test_a_model_learns_where_points_are(trained):
    assert trained.json("metrics.json")["test"]["map50"] > 0.4
    assert trained.json("card.json")["classes"][0]["skeleton"] == ARM
    assert {"loss", "val_loss", "val_map", "val_map50"} <= set(trained.events.of("epoch")[-1]["metrics"])


def test_its_answers_are_keypoints_inside_the_image(trained, drawn):
    row = next(each for each in pq.read_table(drawn / "manifest.parquet").to_pylist() if each["split"] == "test")
    (answer,) = Predictor(trained.folder).predict([drawn / "images" / row["sha256"][:2] / row["sha256"]], top=50)
    assert answer["predictions"]
    for each in answer["predictions"]:
        assert each["shape"] == "keypoints"
        assert len(each["geometry"]["points"]) == 3
        assert any(seen for _x, _y, seen in each["geometry"]["points"])
        assert all(0 <= x <= 96 and 0 <= y <= 64 for x, y, _seen in each["geometry"]["points"])


def test_a_version_without_keypoints_is_refused(run, version):
    with pytest.raises(EngineError) as refused:
        run(tiny(**SPEC), version)
    assert refused.value.code == "too_few_images"
    assert "no keypoints" in refused.value.message


def test_keypoints_without_a_skeleton_are_refused():
    spot = Annotation(7, "keypoints", {"points": [[4, 5, 2], [8, 9, 1]]})
    version = Version(
        "", 1, "", "any", (LabelClass(7, "eye", ""),), (ImageRow(1, "", "a", 9, 9, "train", (spot,)),), None
    )
    with pytest.raises(EngineError) as refused:
        task_for("keypoints", version.classes).targets(version)
    assert "eye has keypoints, but no skeleton" in refused.value.message
