"""Models in other formats: written, loaded by their own runtimes, compared, and run by the script beside them."""

import json
import subprocess
import sys
import zipfile

import keras
import numpy as np
import pytest

from tests.engine.conftest import ROOT, TrainedRun, tiny
from training.engine.data.boxes import Boxes
from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.index_map import IndexMap
from training.engine.data.version import LabelClass
from training.engine.errors import EngineError
from training.engine.events import EventList
from training.engine.export import compare, formats, litert
from training.engine.export.keras_file import save_model
from training.engine.export.opened import of_keras
from training.engine.exporting import export
from training.engine.predict import Predictor
from training.engine.tasks import task_for
from training.engine.zoo.build import build

CLASSES = [LabelClass(number, name, "#888888") for number, name in enumerate("abc", 1)]
# What a machine that only runs a model has not installed.
ABSENT = ("keras", "tensorflow", "pyarrow", "pydantic", "sklearn", "pycocotools", "django")
BARE = f"import runpy, sys; sys.modules.update(dict.fromkeys({ABSENT})); sys.argv = sys.argv[1:]; \
runpy.run_path(sys.argv[0], run_name='__main__')"


@pytest.fixture(autouse=True)
def short_measurements(monkeypatch):
    monkeypatch.setattr(compare, "_SECONDS", 0.01)


@pytest.fixture(scope="module")
def exported(trained, version, tmp_path_factory):
    """Exports the compact CNN; returns the archive and the result."""
    folder = tmp_path_factory.mktemp("exports")

    def make(name: str, int8: bool = False, model=trained.folder, on=version):
        archive = folder / f"{model.parent.name}-{name}-{int8}.zip"
        return archive, export(model, on, name, archive, EventList(), int8=int8)

    return make


@pytest.mark.parametrize("name", list(formats.FORMATS))
def test_each_format_answers_as_the_model_does(exported, name, trained, digit_files):
    archive, result = exported(name)
    told = result["comparison"]
    assert told["images"] == 48
    assert told["agreement"] == 1.0
    assert told["largest_difference"] < 1e-4
    assert all(rate > 0 for rate in (*told["one_per_second"], *told["batch_per_second"]))
    assert result["file_size"] == archive.stat().st_size > result["model_size"] // 4
    paths = digit_files["2"][:9]
    ours, theirs = (
        [each["predictions"][0] for each in Predictor(path).predict(paths)] for path in (trained.folder, archive)
    )
    assert [each["class"] for each in ours] == [each["class"] for each in theirs]
    assert [each["score"] for each in ours] == pytest.approx([each["score"] for each in theirs], abs=1e-4)


def test_whole_numbers_are_smaller_and_tell_what_they_lose(exported):
    _archive, floats = exported("litert")
    _archive, whole = exported("litert", int8=True)
    assert whole["model_size"] < floats["model_size"] / 2
    assert whole["comparison"]["largest_difference"] > floats["comparison"]["largest_difference"]
    assert 0.8 < whole["comparison"]["agreement"] <= 1


def run_alone(archive, folder, *arguments) -> str:
    """What the script prints where nothing of ours is installed."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    words = [sys.executable, "-c", BARE, str(folder / "predict.py"), *map(str, arguments)]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True, timeout=120).stdout


def test_the_script_says_the_classes_that_the_site_would(exported, digit_files, trained, tmp_path):
    archive, _result = exported("onnx")
    path = digit_files["1"][3]
    said = json.loads(run_alone(archive, tmp_path / "alone", "--json", path))
    (expected,) = Predictor(trained.folder).predict([path], top=100)
    assert [each["class_id"] for each in said["predictions"]] == [each["class_id"] for each in expected["predictions"]]
    assert said["uncertainty"] == pytest.approx(expected["uncertainty"], abs=1e-3)
    assert {"README.txt", "card.json", "classes.json"} <= {each.name for each in (tmp_path / "alone").iterdir()}
    card = json.loads((tmp_path / "alone" / "card.json").read_text())
    assert card["export"]["comparison"]["agreement"] == 1.0
    assert [each["name"] for each in json.loads((tmp_path / "alone" / "classes.json").read_text())] == list("0123")


def test_every_task_is_there_where_nothing_can_be_trained():
    modules = [f"training.engine.{room}" for room in ("predict", "tasks", "data.found_masks", "data.found_rotated")]
    program = f"import importlib, sys; sys.modules.update(dict.fromkeys({ABSENT})); \
[importlib.import_module(each) for each in {modules}]"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


@pytest.mark.parametrize(
    ("task", "preset", "shape", "name"),
    [("detection", "compact_detector", "box", "onnx"), ("segmentation", "compact_unet", "polygon", "litert")],
)
def test_the_script_finds_the_places_that_the_site_would(
    exported, scenes, tmp_path, tmp_path_factory, task, preset, shape, name
):
    spec = tiny(task=task, preset=preset, image_size=64, batch_size=12, epochs=1)
    run = TrainedRun(spec, scenes(shape), tmp_path_factory.mktemp(task) / "result")
    archive, result = exported(name, model=run.folder, on=scenes(shape))
    assert result["comparison"]["agreement"] > 0.999
    path = next(each for each in sorted((scenes(shape) / "images").rglob("*")) if each.is_file())
    said = json.loads(run_alone(archive, tmp_path / "alone", "--json", "--masks", tmp_path / "masks", path))
    (expected,) = Predictor(run.folder).predict([path], top=100)
    assert [each["class_id"] for each in said["predictions"]] == [each["class_id"] for each in expected["predictions"]]
    assert [each["shape"] for each in said["predictions"]] == [each["shape"] for each in expected["predictions"]]
    assert len(list((tmp_path / "masks").glob("*.png"))) == (task == "segmentation")


def test_a_detector_of_whole_numbers_keeps_its_scores(tmp_path):
    keras.utils.set_random_seed(1)
    model = build("compact_detector", task_for("detection", CLASSES), Frame(32, 32))
    images = np.random.default_rng(0).integers(0, 256, (12, 32, 32, 3), np.uint8)
    litert.write(model, tmp_path, images)
    (whole,) = litert.load(tmp_path)(images)
    (exact,) = of_keras(model)(images)
    assert whole.shape == exact.shape
    assert np.abs(whole - exact)[..., 4:].max() < 0.05


def test_what_a_runtime_does_not_know_is_told_when_it_is_exported(exported, tmp_path):
    layers = keras.layers
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, activation="gelu")(inputs)  # the exact one
    outputs = layers.Dense(4, activation="softmax")(layers.GlobalAveragePooling2D()(x))
    card = {
        "task": "classification", "classes": [{"id": at, "name": str(at), "color": "#888888"} for at in range(4)],
        "image_size": 16, "resize": "letterbox",
    }  # fmt: skip
    save_model(keras.Model(inputs, outputs), card, tmp_path / "model.keras")
    with pytest.raises(EngineError) as refused:
        exported("onnx", model=tmp_path / "model.keras")
    assert refused.value.code == "export_refused"
    assert "ONNX" in refused.value.message


def test_only_some_formats_know_whole_numbers(exported):
    with pytest.raises(EngineError) as refused:
        exported("onnx", int8=True)
    assert refused.value.code == "bad_format"


def test_missing_packages_are_named_with_the_command(exported, monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(EngineError) as refused:
        exported("openvino")
    assert refused.value.code == "missing_package"
    assert "openvino" in refused.value.message
    assert formats.INSTALL in refused.value.hint


def test_the_command_writes_the_archive_and_ends_with_its_figures(engine, trained, version, tmp_path):
    archive = tmp_path / "model.zip"
    child = engine("export", trained.folder, "--version", version, "--format", "saved_model", "--output", archive)
    events = child.finish()
    assert child.process.returncode == 0
    progress = [each["progress"] for each in events if each["event"] == "status"]
    assert progress == sorted(progress)
    assert events[-1]["event"] == "result"
    assert events[-1]["comparison"]["agreement"] == 1.0
    assert zipfile.ZipFile(archive).testzip() is None


def test_classes_agree_where_the_most_probable_one_is_the_same():
    one, other = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3]]), np.array([[0.5, 0.4, 0.1], [0.5, 0.2, 0.3]])
    assert task_for("classification", CLASSES).agreement(one, other, {}) == 0.5
    assert task_for("multilabel", CLASSES).agreement(one, other, {"threshold": 0.45}) == 0.5


def test_boxes_agree_where_both_have_them():
    one = as_entries([Boxes(np.array([[0, 0, 8, 8], [20, 0, 30, 9]]), np.array([0, 1]), np.array([0.9, 0.8]))])
    other = as_entries([Boxes(np.array([[0, 1, 8, 8], [20, 0, 30, 9]]), np.array([0, 1]), np.array([0.9, 0.4]))])
    task = task_for("detection", CLASSES)
    assert task.agreement(one, other, {"threshold": 0.5}) == pytest.approx(2 / 3)
    assert task.agreement(one, other, {"threshold": 0.95}) == 1.0


def test_pixels_agree_by_their_class():
    one, other = (as_entries([IndexMap.of(np.array(each))]) for each in ([[0, 1], [2, 2]], [[0, 1], [2, 0]]))
    assert task_for("segmentation", CLASSES).agreement(one, other, {}) == 0.75
