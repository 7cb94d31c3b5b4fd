import keras
import numpy as np
import pytest

from training.engine import zoo
from training.engine.zoo.build import build, build_backbone


@pytest.mark.parametrize("name", ["compact_cnn", "compact_resnet", "mobilenet_025", "mobilenetv3_small"])
def test_the_shelf_states_the_parameters_that_are_built(name):
    preset = zoo.get(name)
    assert build_backbone(name, preset.input_size).count_params() == preset.parameters


@pytest.mark.parametrize("name", ["compact_cnn", "compact_resnet", "mobilenet_025", "mobilenetv3_small", "vgg16"])
def test_a_saved_model_answers_as_before(name, tmp_path):
    size = max(32, zoo.get(name).min_size)
    model = build(name, 3, size)
    images = np.random.default_rng(0).integers(0, 256, (2, size, size, 3), np.uint8)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert again.predict_on_batch(images) == pytest.approx(model.predict_on_batch(images), abs=1e-6)


@pytest.mark.parametrize(("name", "module"), [("mobilenet_025", "mobilenet"), ("vgg16", "vgg16")])
def test_images_are_scaled_as_the_weights_expect(name, module):
    backbone = build_backbone(name, 32)
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
