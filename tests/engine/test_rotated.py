"""Turned boxes: how they overlap, move, are told and counted, and a training on real pixels."""

import json
import math

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.version_folder import Item, write_version
from tests.engine.conftest import TrainedRun, tiny
from training.engine.data.found_rotated import found_rotated
from training.engine.data.frame import Frame
from training.engine.data.rasterise import rasterised
from training.engine.data.rotated_boxes import RotatedBoxes
from training.engine.data.version import Annotation, ImageRow, LabelClass, Version
from training.engine.encode.rotated_centres import rotated_centres
from training.engine.errors import EngineError
from training.engine.metrics.detections import detection_report
from training.engine.predict import Predictor
from training.engine.tasks import task_for

SPEC = {"task": "rotated", "image_size": 96, "batch_size": 6}


def counted(boxes, place, size):
    """A box's pixels on a canvas ten times as fine."""
    x, y, width, height = (10 * each for each in boxes.geometry(place)["box"])
    geometry = {"box": [x, y, width, height], "angle": boxes.geometry(place)["angle"]}
    return rasterised([(0, "rotated_box", geometry)], Frame(10 * size, 10 * size)) == 0


def test_overlaps_are_those_of_counted_pixels():
    rng = np.random.default_rng(0)
    rows = np.concatenate(
        [rng.uniform(30, 50, (12, 2)), rng.uniform(4, 40, (12, 2)), rng.uniform(0, np.pi, (12, 1))], axis=1
    )
    first, second = RotatedBoxes.of(rows[:6], [0] * 6), RotatedBoxes.of(rows[6:], [0] * 6)
    overlaps = first.overlaps(second)
    for one in range(6):
        for other in range(6):
            a, b = counted(first, one, 80), counted(second, other, 80)
            assert overlaps[one, other] == pytest.approx((a & b).sum() / (a | b).sum(), abs=0.01)


def test_a_square_and_itself_turned_by_an_eighth_share_an_octagon():
    square, turned = RotatedBoxes.of([[50, 50, 20, 20, 0]], [0]), RotatedBoxes.of([[50, 50, 20, 20, math.pi / 4]], [0])
    octagon = 2 * (math.sqrt(2) - 1)
    assert square.overlaps(turned)[0, 0] == pytest.approx(octagon / (2 - octagon), abs=1e-4)
    assert turned.overlaps(turned)[0, 0] == pytest.approx(1, abs=1e-3)


def test_corners_are_those_that_annotations_mean():
    from training.engine.data.bounds import corners

    box = RotatedBoxes.of([[30, 20, 16, 8, math.radians(25)]], [0])
    assert box.corners[0] == pytest.approx(corners({"box": [22, 16, 16, 8], "angle": 25}), abs=1e-4)


@pytest.mark.parametrize(
    "matrix",
    [
        np.diag([-1.0, 1.0, 1.0]),
        np.diag([1.0, -1.0, 1.0]),
        np.diag([0.5, 0.5, 1.0]),
        np.array([[math.cos(1), -math.sin(1), 7], [math.sin(1), math.cos(1), -3], [0, 0, 1]]),
        np.array([[0, -2.0, 5], [2.0, 0, 0], [0, 0, 1]]),
    ],
)
def test_what_moves_pixels_moves_corners(matrix):
    boxes = RotatedBoxes.of([[30, 20, 16, 8, 0.4], [10, 9, 3, 14, 2.5]], [0, 0])
    wanted = boxes.corners @ matrix[:2, :2].T + matrix[:2, 2]
    moved = boxes.mapped(matrix).corners
    for corners, expected in zip(moved, wanted, strict=True):
        order, other = (np.lexsort(np.round(each, 2).T) for each in (corners, expected))
        assert corners[order] == pytest.approx(expected[other], abs=1e-3)


def test_a_box_of_which_a_corner_is_left_is_gone():
    boxes = RotatedBoxes.of([[5, 5, 20, 4, math.pi / 4], [-8, 10, 20, 4, 0], [90, 90, 4, 4, 0]], [0, 0, 0])
    assert len(boxes.inside(20, 20)) == 1


def test_a_model_that_says_what_it_was_told_is_read_as_the_labels():
    labels = RotatedBoxes.of([[24, 20, 30, 10, 0.5], [70, 40, 12, 34, 2.0], [60, 14, 20, 20, 1.2]], [0, 1, 1])
    cells = rotated_centres([labels], Frame(64, 96), 2, 4)[0]
    rows, columns = np.mgrid[0:16, 0:24] + 0.5
    centres = np.stack([columns + cells[..., 2], rows + cells[..., 3]], axis=-1) * 4
    outputs = np.concatenate([centres, cells[..., 4:6] * 4, cells[..., 6:8], cells[..., :2]], axis=-1)
    read = found_rotated(outputs.reshape(-1, 8), 16)
    sure = read.only(read.scores > 0.99)
    assert len(sure) == 3
    assert (sure.overlaps(labels).max(axis=0) > 0.99).all()
    assert (cells[..., -1].sum(), (cells[..., :2] == 1).sum()) == (pytest.approx(3, abs=0.2), 3)


def test_the_distance_of_a_box_from_itself_is_nothing():
    from training.engine.losses.rotated_loss import hellinger

    def told(x, y, width, height, angle):
        return np.array([[x, y, width, height, math.cos(2 * angle), math.sin(2 * angle)]], np.float32)

    def distance(first, second):
        return float(np.asarray(hellinger(first, second))[0])

    box = told(5, 5, 8, 3, 0.6)
    assert distance(box, box) < 0.01
    assert distance(box, told(5, 5, 3, 8, 0.6 + math.pi / 2)) < 0.01
    nearer, further = distance(box, told(5, 5, 8, 3, 0.8)), distance(box, told(6, 6, 8, 3, 1.6))
    assert 0.05 < nearer < further < 1


def test_upright_boxes_are_counted_as_pycocotools_counts_them():
    from training.engine.data.boxes import Boxes

    rng = np.random.default_rng(1)
    truth, answers, upright = [], [], []
    for _ in range(5):
        rows = np.concatenate([rng.uniform(20, 60, (4, 2)), rng.uniform(10, 60, (4, 2)), np.zeros((4, 1))], axis=1)
        near = rows + np.array([*rng.uniform(-6, 6, 4), 0])
        classes, scores = rng.integers(0, 2, 4), rng.random(4).astype(np.float32)
        labels, said = RotatedBoxes.of(rows, classes), RotatedBoxes.of(near, classes)
        said = RotatedBoxes(said.centres, said.sizes, said.angles, said.classes, scores)
        truth.append(labels)
        answers.append(said)
        upright.append((labels.boxes, Boxes(said.boxes.xyxy, said.classes, scores)))
    report = detection_report(truth, answers, 2)
    plain = detection_report([each for each, _ in upright], [each for _, each in upright], 2)
    assert report.map == pytest.approx(plain.map, abs=1e-6)
    assert report.ap50 == pytest.approx(plain.ap50, abs=1e-6)


def test_every_shape_with_an_area_is_a_turned_box():
    shapes = [
        Annotation(7, "rotated_box", {"box": [20, 30, 40, 10], "angle": 30}),
        Annotation(7, "box", {"box": [20, 30, 40, 10]}),
        Annotation(7, "ellipse", {"center": [40, 35], "radii": [20, 5], "angle": 30}),
        Annotation(7, "polygon", {"rings": [[[40, 20], [60, 40], [50, 50], [30, 30]]]}),
        Annotation(7, "polyline", {"points": [[1, 1], [9, 9]]}),
    ]
    image = ImageRow(1, "", "a", 100, 80, "train", tuple(shapes))
    version = Version("", 1, "", "any", (LabelClass(7, "boat", ""),), (image,), None)
    (boxes,) = task_for("rotated", version.classes).targets(version).targets
    assert len(boxes) == 4
    assert boxes.overlaps(boxes)[0, 2] == pytest.approx(1, abs=1e-3)
    assert boxes.areas == pytest.approx([400, 400, 400, 400], rel=1e-3)
    assert np.rad2deg(boxes.angles[3]) % 90 == pytest.approx(45, abs=0.1)


def ships(rng, digits):
    """A grey picture of 96 x 64 pixels with one or two digits in it, stretched and turned anyhow, and their boxes."""
    picture, shapes = rng.integers(0, 40, (64, 96)).astype(np.uint8), []
    for column in rng.permutation(2)[: rng.integers(1, 3)]:
        digit = cv2.resize(cv2.imread(str(rng.choice(digits)), cv2.IMREAD_GRAYSCALE), (32, 14))
        angle, centre = float(rng.uniform(0, 180)), (24 + 48 * column + rng.uniform(-5, 5), 32 + rng.uniform(-12, 12))
        matrix = cv2.getRotationMatrix2D((16, 7), -angle, 1)
        matrix[:, 2] += np.array(centre) - (16, 7)
        np.maximum(picture, cv2.warpAffine(np.maximum(digit, 90), matrix, (96, 64)), out=picture)
        x, y = centre[0] + 0.5, centre[1] + 0.5
        shapes.append(("ship", "rotated_box", {"box": [x - 16, y - 7, 32, 14], "angle": angle}))
    return picture, shapes


@pytest.fixture(scope="module")
def turned(digit_files, tmp_path_factory):
    """A version of 60 such pictures."""
    folder, rng, items = tmp_path_factory.mktemp("turned"), np.random.default_rng(5), []
    for number in range(60):
        picture, shapes = ships(rng, digit_files["3"])
        cv2.imwrite(str(folder / f"{number:02}.png"), picture)
        split = ("train", "train", "train", "validation", "test")[number % 5]
        items.append(Item(folder / f"{number:02}.png", (), split, shapes))
    return write_version(folder / "version", items, kind="any")


@pytest.fixture(scope="module")
def trained(turned, tmp_path_factory):
    spec = tiny(**SPEC | {"epochs": 15, "learning_rate": 3e-3})
    return TrainedRun(spec, turned, tmp_path_factory.mktemp("rotated") / "result")


def test_a_model_learns_how_things_are_turned(trained):
    test = trained.json("metrics.json")["test"]
    assert test["map50"] > 0.2
    assert {"loss", "val_loss", "val_map", "val_map50"} <= set(trained.events.of("epoch")[-1]["metrics"])


def test_its_answers_are_rotated_boxes_of_the_image(trained, turned):
    row = next(each for each in pq.read_table(turned / "manifest.parquet").to_pylist() if each["split"] == "test")
    (answer,) = Predictor(trained.folder).predict([turned / "images" / row["sha256"][:2] / row["sha256"]], top=50)
    assert answer["predictions"]
    for each in answer["predictions"]:
        assert each["shape"] == "rotated_box"
        assert 0 <= each["geometry"]["angle"] <= 180
        assert min(each["geometry"]["box"][2:]) > 0
    told = json.loads(pq.read_table(trained.folder / "predictions.parquet")["found"][0].as_py())
    assert all({"shape", "geometry", "kind", "overlap"} <= set(each) for each in told)


def test_a_version_without_boxes_is_refused(run, version):
    with pytest.raises(EngineError) as refused:
        run(tiny(**SPEC), version)
    assert refused.value.code == "too_few_images"
    assert "no rotated boxes" in refused.value.message
