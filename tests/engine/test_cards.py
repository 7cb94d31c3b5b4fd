"""What the shelf says a model costs, against the model that is built and what it takes."""

import keras
import pytest
from keras import layers

from training.engine import zoo
from training.engine.zoo.costs import FILE, LIBRARIES_BYTES, as_json, costs
from training.engine.zoo.counting import activations, backbone_cost, costs_of, operations

COUNTED = ["compact_cnn", "compact_unet", "mobilenet_025"]  # quickly built ones of each kind


def test_operations_are_products_with_kernels_at_every_place():
    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, padding="same")(inputs)
    x = layers.DepthwiseConv2D(3, strides=2, padding="same")(x)
    x = layers.Conv2DTranspose(2, 2, strides=2)(x)
    inner = keras.Model(inputs, x)
    model = keras.Model(inputs, layers.Dense(5)(layers.Flatten()(inner(inputs))))
    places = 64 * (3 * 3 * 3 * 4) + 16 * (3 * 3 * 4) + 16 * (2 * 2 * 2 * 4) + 8 * 8 * 2 * 5
    assert operations(model) == 2 * places
    assert activations(model) == 8 * 8 * 4 + 4 * 4 * 4 + 8 * 8 * 2 + 8 * 8 * 2 + 5


def test_every_preset_has_a_cost_for_each_of_its_tasks():
    stated = {name: set(tasks) for name, tasks in costs().items()}
    wanted = {name: set(preset.tasks) for name, preset in zoo.PRESETS.items()}
    assert stated == wanted, "python -m training.engine count > training/engine/zoo/costs.json"


@pytest.mark.parametrize("name", COUNTED)
def test_the_shelf_states_what_is_counted_on_the_built_model(name):
    preset = zoo.get(name)
    assert costs_of(preset) == costs()[name]
    parameters, work = backbone_cost(preset)
    assert parameters == preset.parameters
    assert work / 1e9 == pytest.approx(preset.gflops, rel=0.01)


def test_the_file_is_as_it_is_written():
    assert FILE.read_text() == as_json(costs()) + "\n"


def test_a_class_more_costs_what_a_last_layer_costs():
    cost = costs()["compact_cnn"]["classification"]
    assert cost.parameters.of(11) - cost.parameters.of(10) == 128 + 1
    segmenter = costs()["compact_unet"]["segmentation"]
    assert segmenter.memory(100, 320**2, 4) > segmenter.memory(2, 320**2, 4) + 4 * 320**2 * 98 * 4
    small, large = (segmenter.memory(2, edge**2, 4) - LIBRARIES_BYTES for edge in (320, 640))
    assert 3 < large / small < 4


def test_measuring_tells_speed_and_memory_within_what_the_card_says(engine):
    lines = engine("measure", "compact_cnn").finish(timeout=240)
    found = lines[-1]
    assert found["event"] == "measured", found
    assert (found["preset"], found["task"], found["frame"]) == ("compact_cnn", "classification", [64, 64])
    assert found["predict_images_per_second"] > found["train_images_per_second"] > 0
    assert found["device"]
    expected = costs()["compact_cnn"]["classification"].memory(10, 64**2, found["batch_size"])
    assert 0.4 * expected < found["memory_bytes"] < 1.2 * expected


def test_measuring_a_preset_that_is_not_there_names_the_nearest(engine):
    (found,) = engine("measure", "compact_cn").finish()
    assert found["code"] == "unknown_preset"
    assert "compact_cnn" in found["message"]
