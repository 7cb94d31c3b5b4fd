"""Masks of single things: how they are moved, told and counted, and a training on real pixels."""

import contextlib
import io
import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from tests.engine.conftest import TrainedRun, tiny
from training.engine.data.found_masks import found_masks
from training.engine.data.frame import Frame
from training.engine.data.instances import Instances
from training.engine.data.patch import Patch
from training.engine.data.rasterise import of_runs, rasterised, runs_of, window_of
from training.engine.encode.masks import LAYERS, masks
from training.engine.errors import EngineError
from training.engine.metrics.detections import detection_report
from training.engine.metrics.image_precision import image_precision
from training.engine.predict import Predictor

SPEC = {"task": "instances", "image_size": 96, "batch_size": 6}
SIZE = Frame(64, 96)
SHAPES = [
    ("polygon", {"rings": [[[8.5, 4], [40, 12], [20, 30]], [[20, 10], [24, 12], [21, 18]]]}),
    ("ellipse", {"center": [60, 30], "radii": [22, 9], "angle": 30}),
    ("rotated_box", {"box": [30, 30, 40, 12], "angle": 25}),
    ("box", {"box": [90, 50, 30, 30]}),
]


def instances(*shapes, scores=None):
    """Labels of one class, or answers with scores."""
    patches = []
    for shape, geometry in shapes:
        inside, left, top = window_of(shape, geometry, SIZE)
        patches.append(Patch.of(inside, np.array([[1.0, 0, left], [0, 1, top], [0, 0, 1]])))
    made = Instances.of(patches, [0] * len(patches), SIZE)
    return made if scores is None else Instances(made.patches, made.classes, np.array(scores, np.float32), SIZE)


def drawn(things, place=0):
    return of_runs(things.geometry(place))


@pytest.mark.parametrize(("shape", "geometry"), SHAPES)
def test_a_mask_has_the_pixels_of_its_shape(shape, geometry):
    whole = rasterised([(0, shape, geometry)], SIZE) == 0
    assert (drawn(instances((shape, geometry))) == whole).all()
    assert (drawn(instances(("mask", runs_of(whole)))) == whole).all()


def test_runs_of_a_part_are_those_of_the_whole():
    rng = np.random.default_rng(0)
    for _ in range(50):
        part = rng.random((rng.integers(1, 6), rng.integers(1, 6))) < rng.choice([0.3, 0.7, 1])
        whole = np.zeros((8, 9), bool)
        whole[1 : 1 + part.shape[0], 2 : 2 + part.shape[1]] = part
        assert runs_of(part, Frame(8, 9), left=2, top=1) == runs_of(whole)
        assert (of_runs(runs_of(part)) == part).all()


def test_a_mirrored_mask_is_mirrored_pixel_by_pixel():
    shape = instances(SHAPES[0])
    mirror = np.array([[-1.0, 0, SIZE.width], [0, 1, 0], [0, 0, 1]])
    moved = shape.mapped(mirror).inside(*SIZE)
    assert (drawn(moved) == drawn(shape)[:, ::-1]).all()
    left, top, right, bottom = shape.boxes.xyxy[0]
    assert moved.boxes.xyxy[0] == pytest.approx([SIZE.width - right, top, SIZE.width - left, bottom])


def test_the_box_of_a_turned_mask_lies_close_around_it():
    turn = np.deg2rad(45)
    matrix = np.array([[np.cos(turn), -np.sin(turn), 40], [np.sin(turn), np.cos(turn), -20], [0, 0, 1]])
    moved = instances(SHAPES[1]).mapped(matrix).inside(100, 100)
    rows, columns = np.nonzero(drawn(moved))
    edges = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    assert moved.boxes.xyxy[0] == pytest.approx(edges, abs=1.5)


def test_what_mostly_left_the_image_is_gone():
    assert len(instances(SHAPES[3]).mapped(np.array([[1.0, 0, 5], [0, 1, 0], [0, 0, 1]])).inside(*SIZE)) == 0


def test_a_mask_that_nothing_is_mixed_into_is_the_ellipse_in_its_box():
    label = instances(("ellipse", {"center": [48, 32], "radii": [30, 18]}))
    cells = masks([label], SIZE, 1, 4)[0]
    rows, columns = np.mgrid[0:16, 0:24] + 0.5
    left, top, right, bottom = np.moveaxis(cells[..., 1:5], -1, 0)
    sides = np.stack([columns - left, rows - top, columns + right, rows + bottom], axis=-1) * 4
    nothing = np.zeros((16, 24, 5 + 6 + 4 * 5))
    outputs = np.concatenate([sides, cells[..., :1], nothing], axis=-1).reshape(16 * 24, -1)
    read = found_masks(outputs.astype(np.float32), SIZE, 1, 4, 5 + 6)
    assert read.scores[0] == pytest.approx(1)
    assert read.overlaps(label)[0, 0] > 0.95


def test_things_on_each_other_keep_their_pixels():
    label = instances(("box", {"box": [8, 8, 48, 48]}), ("box", {"box": [24, 24, 16, 16]}))
    cells = masks([label], SIZE, 1, 4)[0]
    numbers = cells[..., 7:].reshape(16, 24, 4, LAYERS)
    assert (numbers[8, 8] == [1, 2]).all()
    assert [(numbers == number).any(axis=-1).sum() for number in (1, 2)] == [24 * 24, 8 * 8]
    assert cells[8, 8, 6] == 2
    assert cells[5, 7, 6] == 1


def by_pycocotools(truth, answers, kind):
    """Figures of COCOeval as it is, from rows in the format of COCO's files."""
    with contextlib.redirect_stdout(io.StringIO()):
        labels, results = COCO(), COCO()
        for made, images in ((labels, truth), (results, answers)):
            rows = []
            for number, things in enumerate(images, 1):
                for place in range(len(things)):
                    row = {"id": len(rows) + 1, "image_id": number, "category_id": int(things.classes[place]) + 1}
                    row |= {"iscrowd": 0, "score": float(things.scores[place]), "area": float(things.areas[place])}
                    rows.append(row | {"segmentation": things.geometry(place)})
            categories = [{"id": 1}, {"id": 2}]
            images = [{"id": each, "height": SIZE.height, "width": SIZE.width} for each in range(1, len(truth) + 1)]
            made.dataset = {"images": images, "categories": categories, "annotations": rows}
            made.createIndex()
        evaluation = COCOeval(labels, results, kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation.stats


def test_figures_are_those_of_pycocotools():
    rng = np.random.default_rng(3)

    def some(count, scores):
        shapes = [
            ("ellipse", {"center": rng.uniform(15, 60, 2).tolist(), "radii": rng.uniform(4, 25, 2).tolist()})
            for _ in range(count)
        ]
        made = instances(*shapes, scores=rng.random(count) if scores else None)
        return Instances(made.patches, rng.integers(0, 2, count).astype(np.int32), made.scores, SIZE)

    truth = [some(4, False) for _ in range(6)]
    # Some answers are labels moved a little, so that overlaps of all sizes occur.
    answers = []
    for labels in truth:
        shift = np.array([[1, 0, rng.uniform(-4, 4)], [0, 1, rng.uniform(-4, 4)], [0, 0, 1]])
        near, far = labels.mapped(shift).inside(*SIZE), some(3, True)
        classes, scores = np.append(near.classes, far.classes), np.append(rng.random(len(near)), far.scores)
        answers.append(Instances(near.patches + far.patches, classes, scores.astype(np.float32), SIZE))
    stats = by_pycocotools(truth, answers, "segm")
    report = detection_report(truth, answers, 2)
    assert 0.05 < stats[0] < 0.95
    assert (report.map, report.map50, report.map75) == pytest.approx(tuple(stats[:3]))
    assert np.nan_to_num(report.by_size, nan=-1) == pytest.approx(stats[3:6])  # -1: nothing of that size
    assert report.average_recall == pytest.approx(stats[8])


def test_an_image_is_as_right_as_the_data_science_bowl_has_it():
    square = ("box", {"box": [10, 10, 20, 20]})
    truth = instances(square, ("box", {"box": [50, 10, 10, 10]}))
    # The first overlaps by 0.8, which counts at seven of the ten overlaps; one label is missed, one answer false.
    answers = instances(("box", {"box": [10, 10, 20, 16]}), ("box", {"box": [70, 40, 5, 5]}), scores=[0.9, 0.8])
    assert image_precision(truth, answers) == pytest.approx(0.7 / 3)
    assert image_precision(truth, truth) == 1
    assert image_precision(truth.only(np.zeros(0, int)), answers) == 0


@pytest.fixture(scope="module")
def trained(scenes, tmp_path_factory):
    spec = tiny(**SPEC | {"epochs": 15, "learning_rate": 3e-3})
    return TrainedRun(spec, scenes("polygon"), tmp_path_factory.mktemp("instances") / "result")


def test_a_model_learns_to_find_digits_with_their_masks(trained):
    test = trained.json("metrics.json")["test"]
    assert test["map50"] > 0.4
    assert test["objects"] == sum(each["support"] for each in test["per_class"])
    assert {"loss", "val_loss", "val_map", "val_map50"} <= set(trained.events.of("epoch")[-1]["metrics"])


def test_its_answers_are_masks_of_the_images_size(trained, scenes):
    folder = scenes("polygon")
    row = next(each for each in pq.read_table(folder / "manifest.parquet").to_pylist() if each["split"] == "test")
    (answer,) = Predictor(trained.folder).predict([folder / "images" / row["sha256"][:2] / row["sha256"]], top=50)
    assert answer["predictions"]
    for each in answer["predictions"]:
        assert each["shape"] == "mask"
        assert each["geometry"]["size"] == [64, 96]
        assert of_runs(each["geometry"]).any()


def test_the_table_of_answers_has_masks_to_draw(trained):
    rows = pq.read_table(trained.folder / "predictions.parquet").to_pylist()
    told = [each for row in rows for each in (*json.loads(row["found"]), *json.loads(row["missed"]))]
    assert all(each["shape"] == "mask" and sum(each["geometry"]["counts"]) == 64 * 96 for each in told)


def test_its_file_is_plain_keras(trained, tmp_path):
    """Somebody without this engine loads it, and finds boxes, classes, coefficients and prototypes in it."""
    import subprocess
    import sys

    script = f"import keras; print(keras.saving.load_model({str(trained.folder / 'model.keras')!r}).output_shape)"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == f"(None, {16 * 24}, {4 + 4 + 14 + 32})", done.stderr


def test_a_version_without_areas_is_refused(run, version):
    with pytest.raises(EngineError) as refused:
        run(tiny(**SPEC), version)
    assert refused.value.code == "too_few_images"
    assert "no polygons" in refused.value.message
