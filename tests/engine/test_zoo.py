import keras
import numpy as np
import pytest

from training.engine import zoo
from training.engine.data.frame import Frame
from training.engine.data.version import LabelClass
from training.engine.tasks import task_for
from training.engine.zoo.build import build, build_backbone

CLASSES = [LabelClass(number, name, "#888888") for number, name in enumerate(("cat", "dog", "cow"), 1)]
OWN = ["compact_cnn", "compact_resnet", "compact_detector", "compact_unet"]


@pytest.mark.parametrize("name", [*OWN, "mobilenet_025", "mobilenetv3_small"])
def test_the_shelf_states_the_parameters_that_are_built(name):
    preset = zoo.get(name)
    assert build_backbone(name, Frame.square(preset.input_size)).count_params() == preset.parameters


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("compact_cnn", "classification"), ("compact_resnet", "multilabel"), ("mobilenet_025", "classification"),
        ("vgg16", "classification"), ("compact_detector", "detection"), ("compact_unet", "segmentation"),
        ("mobilenet_025", "detection"), ("mobilenet_025", "segmentation"),
    ],
)  # fmt: skip
def test_plain_keras_reads_a_saved_model_and_it_answers_as_before(name, task, tmp_path):
    model = build(name, task_for(task, CLASSES), Frame(64, 96))
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 96, 3), np.uint8)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert again.predict_on_batch(images) == pytest.approx(model.predict_on_batch(images), rel=1e-5, abs=1e-4)


@pytest.mark.parametrize(("name", "module"), [("mobilenet_025", "mobilenet"), ("vgg16", "vgg16")])
def test_images_are_scaled_as_the_weights_expect(name, module):
    backbone = build_backbone(name, Frame.square(32))
    images = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3)).astype("float32")
    application = backbone.layers[-1]
    expected = application(getattr(keras.applications, module).preprocess_input(images.copy()))
    assert np.asarray(backbone(images)) == pytest.approx(np.asarray(expected), abs=1e-3)


def test_every_preset_says_what_it_is_good_for():
    for preset in zoo.PRESETS.values():
        assert preset.title
        assert preset.description.endswith(".")
        assert preset.good_for.endswith(".")
        assert preset.gflops > 0
        assert preset.source
        assert preset.licence


@pytest.mark.parametrize(("name", "task"), [("compact_detector", "detection"), ("compact_unet", "segmentation")])
def test_a_model_that_is_just_called_answers_as_in_inference(name, task):
    model = build(name, task_for(task, CLASSES), Frame(72, 72))
    pixels = np.random.default_rng(0).integers(0, 255, (3, 72, 72, 3)).astype("float32")
    called = np.asarray(model(pixels))
    assert called == pytest.approx(np.asarray(model(pixels, training=False)), abs=1e-5)
