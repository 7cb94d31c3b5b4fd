"""Large images through windows: where they lie, what they find together, and the whole way through."""

from itertools import pairwise

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.version_folder import Item, write_version
from tests.engine.conftest import TrainedRun, scene, tiny
from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame
from training.engine.data.patchwork import patchwork
from training.engine.data.prepare import Preparation, prepare
from training.engine.data.seams import without_seams
from training.engine.data.version import Version
from training.engine.data.windows import Viewer, Window, windows
from training.engine.events import EventList
from training.engine.loop.gathering import Gathering
from training.engine.metrics.matching import matched
from training.engine.predict import Predictor
from training.engine.spec import RunSpec
from training.engine.tasks import task_for


@pytest.mark.parametrize("size", [(100, 100), (101, 250), (640, 333), (90, 400)])
def test_windows_cover_every_pixel_and_lie_over_each_other(size):
    width, height = size
    seen = np.zeros((height, width), int)
    for left, top, wide, high in windows(width, height, 100, 0.2):
        assert (wide, high) == (min(100, width), min(100, height))
        assert left + wide <= width
        assert top + high <= height
        seen[top : top + high, left : left + wide] += 1
    assert seen.min() == 1
    lefts = sorted({window.left for window in windows(width, height, 100, 0.2)})
    assert all(after - before <= 80 for before, after in pairwise(lefts))


def test_without_a_tile_there_is_one_window():
    assert windows(5000, 3000, 0) == [Window(0, 0, 5000, 3000)]


def boxes(*rows):
    return Boxes(
        np.array([row[:4] for row in rows], np.float32).reshape(-1, 4),
        np.array([row[4] for row in rows], np.int32),
        np.array([row[5] for row in rows], np.float32),
    )


LEFT, RIGHT = Window(0, 0, 100, 100), Window(80, 0, 100, 100)


def test_one_thing_that_two_windows_see_whole_is_found_once():
    found = without_seams([boxes((86, 10, 96, 30, 0, 0.7)), boxes((85, 10, 95, 31, 0, 0.9))], [LEFT, RIGHT])
    assert found.scores.tolist() == pytest.approx([0.9])
    assert found.xyxy.tolist() == [[85, 10, 95, 31]]


def test_a_piece_goes_where_the_whole_was_found():
    found = without_seams([boxes((85, 10, 100, 30, 0, 0.9)), boxes((85, 10, 130, 30, 0, 0.8))], [LEFT, RIGHT])
    assert found.xyxy.tolist() == [[85, 10, 130, 30]]
    assert found.scores.tolist() == pytest.approx([0.9])


def test_two_pieces_of_one_thing_become_one():
    found = without_seams([boxes((40, 10, 100, 50, 1, 0.6)), boxes((80, 11, 150, 50, 1, 0.8))], [LEFT, RIGHT])
    assert found.xyxy.tolist() == [[40, 11, 150, 50]]


def test_neighbours_other_classes_and_what_lies_apart_stay():
    parts = [
        boxes((60, 10, 90, 30, 0, 0.9), (60, 50, 100, 90, 0, 0.8)),
        boxes((92, 10, 120, 30, 0, 0.7), (82, 52, 140, 88, 1, 0.6)),
    ]
    assert len(without_seams(parts, [LEFT, RIGHT])) == 4


def test_nothing_found_in_any_window_is_nothing_found():
    assert len(without_seams([boxes(), boxes()], [LEFT, RIGHT])) == 0


def test_a_patchwork_of_what_each_window_sees_is_the_whole():
    rng = np.random.default_rng(0)
    whole = cv2.resize(rng.random((6, 9, 3), np.float32), (144, 96), interpolation=cv2.INTER_LINEAR)
    viewer = Viewer(Frame(64, 64), "letterbox", 64, 0.25)
    views = viewer.views(144, 96)
    seen = np.stack(
        [whole[top : top + high, left : left + wide] for left, top, wide, high in (v.window for v in views)]
    )
    assert patchwork(seen, views, Frame(96, 144)) == pytest.approx(whole, abs=1e-5)


def test_the_middle_of_a_window_counts_more_than_its_edge():
    viewer = Viewer(Frame(64, 64), "letterbox", 64, 0.5)
    views = viewer.views(96, 64)
    said = np.stack([np.full((64, 64, 1), value, np.float32) for value in (0, 1)])
    row = patchwork(said, views, Frame(64, 96))[32, :, 0]
    assert (np.diff(row) >= -1e-6).all()
    assert row[36] < 0.2
    assert row[60] > 0.8


@pytest.fixture(scope="module")
def large(digit_files, tmp_path_factory):
    """Sixteen pictures of 288 x 192 pixels, each of nine scenes: with boxes, or with polygons."""
    made = {}
    for shape in ("box", "polygon"):
        folder, rng, items = tmp_path_factory.mktemp(f"large-{shape}"), np.random.default_rng(7), []
        for number in range(16):
            picture, shapes = np.zeros((192, 288), np.uint8), []
            for place in range(9):
                x, y = 96 * (place % 3), 64 * (place // 3)
                picture[y : y + 64, x : x + 96], inside = scene(rng, digit_files, shape)
                shapes += [(name, kind, shifted(geometry, x, y)) for name, kind, geometry in inside]
            cv2.imwrite(str(folder / f"{number:02}.png"), picture)
            split = "train" if number < 10 else ("validation", "test")[number % 2]
            items.append(Item(folder / f"{number:02}.png", (), split, shapes))
        made[shape] = write_version(folder / "version", items, kind="any")
    return made


def shifted(geometry, x, y):
    if "box" in geometry:
        left, top, width, height = geometry["box"]
        return {"box": [left + x, top + y, width, height]}
    return {"rings": [[[left + x, top + y] for left, top in ring] for ring in geometry["rings"]]}


def test_tiles_come_with_their_part_of_the_pixels_and_the_labels(large, tmp_path):
    version = Version.read(large["box"])
    task = task_for("detection", version.classes)
    viewer = Viewer(Frame(96, 96), "letterbox", 96, 0.2)
    how = Preparation(viewer, tmp_path / "cache", 2)
    data = prepare(task, version, how, EventList())["train"]
    assert len(data) == 10
    assert len(data.pixels) == len(data.targets) == sum(map(len, data.views)) == 10 * 12
    place = 0
    for image, truth, views in zip(data.images, data.truth, data.views, strict=True):
        whole = cv2.imread(str(version.file_of(image)), cv2.IMREAD_COLOR_RGB)
        found = []
        for view in views:
            left, top, right, bottom = view.window.xyxy
            assert (data.pixels[place] == whole[top:bottom, left:right]).all()
            back = data.targets[place].mapped(np.linalg.inv(view.matrix))
            assert (back.xyxy >= [left, top, left, top]).all()
            assert (back.xyxy <= [right, bottom, right, bottom]).all()
            found.append(back)
            place += 1
        together = without_seams(found, [view.window for view in views])
        match = matched(truth, together)
        assert not len(match.missed)
    assert any("0 tiles decoded" in each["message"] for each in again(task, version, how))


def again(task, version, how):
    events = EventList()
    prepare(task, version, how, events)
    return events.of("log")


@pytest.mark.parametrize(("task", "preset"), [("detection", "compact_detector"), ("segmentation", "compact_unet")])
def test_what_is_learnt_from_tiles_is_judged_and_told_of_whole_images(task, preset, large, run, tmp_path):
    version = large["box" if task == "detection" else "polygon"]
    epochs = 2 if task == "detection" else 1
    spec = tiny(task=task, preset=preset, tile=128, image_size=128, batch_size=6, epochs=epochs)
    trained = run(spec, version)
    metrics, card = trained.json("metrics.json"), trained.json("card.json")
    assert (card["tile"], card["frame"]) == (128, [128, 128])
    assert metrics["test"]["count"] == metrics["validation"]["count"] == 3
    assert 0 <= metrics["history"][-1]["metrics"]["val_map" if task == "detection" else "val_miou"] <= 1
    rows = pq.read_table(trained.folder / "predictions.parquet")
    assert rows.num_rows == 6
    images = Version.read(version)
    [tested] = [image for image in images.images if image.name == "15.png"]
    [answer] = Predictor(trained.folder).predict([images.file_of(tested)], top=1000)
    for each in answer["predictions"]:
        if task == "detection":
            left, top, width, height = each["geometry"]["box"]
            assert left >= 0 <= top
            assert left + width <= 288
            assert top + height <= 192
        else:
            assert each["geometry"]["size"] == [192, 288]
    if task == "detection":
        assert any(each["geometry"]["box"][0] > 150 for each in answer["predictions"])


def test_with_tiles_and_mosaics_a_resumed_run_has_the_weights_it_would_have_had(large, run, tmp_path, monkeypatch):
    from tests.engine.test_resume import weights_of
    from training.engine.loop.trainer import Trainer

    mixed = {"mosaic": 0.7, "rand_augment": 2, "invert": 0.3}
    spec = tiny(task="detection", preset="compact_detector", tile=128, image_size=64, epochs=2, sampling="balanced",
                augmentation=mixed)  # fmt: skip
    whole = weights_of(TrainedRun(spec, large["box"], tmp_path / "whole").folder)
    conclude = Trainer._conclude

    def die(self, *arguments):
        conclude(self, *arguments)
        if len(self._events.of("epoch")) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Trainer, "_conclude", die)
    with pytest.raises(KeyboardInterrupt):
        run(spec, large["box"])
    monkeypatch.undo()
    found = weights_of(run(spec, large["box"], resume=True).folder)
    assert all((whole[name] == found[name]).all() for name in whole)


REFUSED = [({"tile": 20}, "at least 64"), ({"task": "classification", "tile": 256}, "no use")]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_tiles_that_cannot_be_are_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        RunSpec(**{"task": "detection", **wrong})


def test_tiles_are_not_magnified_where_nothing_is_gained():
    assert RunSpec(task="detection", tile=128).resolved(100, 4000).image_size == 128


def known(task, targets, frame):
    """Outputs of a model that knows everything: what the targets of some views are."""
    encoded = task.encode(targets, frame)
    classes = len(task.classes)
    if task.name == "segmentation":
        return np.eye(classes + 1, dtype=np.float32)[np.minimum(encoded, classes)]
    stride = frame.height // encoded.shape[1]
    rows, columns = np.mgrid[: encoded.shape[1], : encoded.shape[2]] + 0.5
    left, top, right, bottom = np.moveaxis(encoded[..., classes:-1], -1, 0)
    boxes = np.stack([columns - left, rows - top, columns + right, rows + bottom], axis=-1) * stride
    heat = np.where(encoded[..., :classes] == 1, 1, encoded[..., :classes] / 2)
    return np.concatenate([boxes, heat], axis=-1).reshape(len(targets), -1, 4 + classes).astype(np.float32)


@pytest.mark.parametrize(("task", "shape"), [("detection", "box"), ("segmentation", "polygon")])
def test_what_is_known_of_every_window_is_known_of_the_whole(task, shape, large, tmp_path):
    version, frame = Version.read(large[shape]), Frame(96, 96)
    task = task_for(task, version.classes)
    how = Preparation(Viewer(frame, "letterbox", 96, 0.3), tmp_path / "cache", 2)
    data = prepare(task, version, how, EventList())["validation"]
    gathering = Gathering(task, data, frame)
    outputs = known(task, data.targets, frame)
    for start in range(0, len(outputs), 7):  # batches end in the middle of images
        gathering.add(outputs[start : start + 7])
    assert len(gathering.found) == len(data)
    scores = task.scores(data.judged, gathering.found)
    assert scores["map50" if task.name == "detection" else "miou"] > 0.97
    assert (gathering.on_images == gathering.found).all()
    some = data.only(np.array([2, 0]))
    assert [image.name for image in some.images] == [data.images[2].name, data.images[0].name]
    again = Gathering(task, some, frame)
    again.add(known(task, some.targets, frame))
    assert task.scores(some.judged, again.found) == pytest.approx(scores, abs=0.03)
