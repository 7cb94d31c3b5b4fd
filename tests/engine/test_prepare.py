import pytest

from benchmarks.version_folder import Item
from training.engine.data.checks import check_splits
from training.engine.data.frame import Frame
from training.engine.data.prepare import Preparation, prepare
from training.engine.data.version import Version
from training.engine.data.windows import Viewer
from training.engine.events import EventList
from training.engine.tasks import task_for


@pytest.fixture
def prepared(tmp_path):
    """Prepares a version and returns its splits and what was logged."""

    def make(folder):
        version, events = Version.read(folder), EventList()
        task = task_for("classification", version.classes)
        how = Preparation(Viewer(Frame.square(16), "letterbox"), tmp_path / "cache", 2)
        splits = prepare(task, version, how, events)
        check_splits(task, {name: data.truth for name, data in splits.items()}, events)
        return splits, [event["message"] for event in events.of("log")]

    return make


def test_every_image_comes_with_its_target(prepared, version):
    splits, _ = prepared(version)
    assert {split: len(data) for split, data in splits.items()} == {"train": 144, "validation": 48, "test": 48}
    for data in splits.values():
        assert len(data.pixels) == len(data.targets) == len(data)
        assert [str(target) for target in data.targets] == [image.name[0] for image in data.images]


def test_a_second_run_decodes_nothing(prepared, version):
    assert any("; 240 decoded" in message for message in prepared(version)[1])
    assert any("; 0 decoded" in message for message in prepared(version)[1])


def test_unlabelled_images_are_left_out_and_counted(prepared, freeze, digits, digit_files):
    folder = freeze([*digits(12), *(Item(path, []) for path in digit_files["0"][30:35])])
    splits, logs = prepared(folder)
    assert sum(map(len, splits.values())) == 48
    assert "5 images have no label and are left out." in logs


def test_a_corrupt_image_is_named_and_left_out(prepared, freeze, digits, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no image")
    splits, logs = prepared(freeze([*digits(12), Item(broken, ["0"], "train")]))
    assert sum(map(len, splits.values())) == 48
    assert any("broken.jpg" in message for message in logs)


def test_one_training_image_of_a_class_is_a_warning(prepared, freeze, digits, digit_files):
    items = [*(item for item in digits(12) if item.classes != ["3"]), Item(digit_files["3"][0], ["3"], "train")]
    assert any("only one training image of 3" in message for message in prepared(freeze(items))[1])
