"""Where a model sees a class: exact maps, in the places of the image."""

import base64
import json
import zlib

import cv2
import keras
import numpy as np
import pytest

from tests.engine.conftest import tiny
from tests.engine.test_segment import CLASSES
from training.engine.data.frame import Frame, placement
from training.engine.errors import EngineError
from training.engine.heat import HeatMaps, over_image
from training.engine.predict import Predictor
from training.engine.serve import Server
from training.engine.tasks import task_for
from training.engine.zoo.build import build

TASK = task_for("classification", CLASSES)


def random_images(edge, count=2):
    return np.random.default_rng(0).integers(0, 256, (count, edge, edge, 3), np.uint8)


@pytest.mark.parametrize("preset", ["compact_cnn", "mobilenet_025"])
def test_maps_are_those_of_the_gradients(preset):
    import tensorflow as tf

    model = build(preset, TASK, Frame.square(64))
    images = random_images(64)
    both = keras.Model(model.input, [model.get_layer("pool").input, model.get_layer("logits").output])
    with tf.GradientTape() as tape:
        features, logits = both(tf.constant(images), training=False)
        tape.watch(features)
        # From the features on: the tape cannot see what came before it watched.
        logits = model.get_layer("logits")(model.get_layer("pool")(features))
        chosen = logits[:, 1]
    weights = tf.reduce_mean(tape.gradient(chosen, features), axis=[1, 2])
    wanted = tf.nn.relu(tf.einsum("bhwc,bc->bhw", features, weights)).numpy()
    assert wanted.max() > 0
    assert HeatMaps(model, TASK).look_at(images, 1) == pytest.approx(wanted, rel=1e-4, abs=1e-7)


def known(trained):
    return [each["id"] for each in trained.json("card.json")["classes"]]


def heat_of(answer):
    pixels = zlib.decompress(base64.b64decode(answer["heat"]["pixels"]))
    return np.frombuffer(pixels, np.uint8).reshape(answer["heat"]["size"])


def test_a_place_on_the_frame_lies_where_it_is_in_the_image():
    size, frame = Frame(100, 200), Frame(64, 64)
    heat = np.zeros((8, 8), np.float32)
    heat[3, 6] = 1  # a little right of the middle, in the upper half of the letterbox
    laid = over_image(heat, frame, placement(200, 100, frame, "letterbox").matrix, size)
    assert laid.shape == (32, 64)
    row, column = np.unravel_index(laid.argmax(), laid.shape)
    assert (row, column) == (pytest.approx(12, abs=1), pytest.approx(52, abs=1))
    assert laid.max() == 255


def test_what_the_model_has_not_seen_is_dark():
    frame = Frame(64, 64)
    laid = over_image(np.ones((4, 4), np.float32), frame, placement(200, 100, frame, "crop").matrix, Frame(100, 200))
    assert (laid[:, 18:46] == 255).all()
    assert (laid[:, :14] == 0).all()


def test_where_nothing_speaks_for_a_class_the_map_is_dark():
    frame = Frame(16, 16)
    laid = over_image(np.zeros((2, 2), np.float32), frame, np.eye(3), Frame(16, 16))
    assert not laid.any()


def test_a_served_answer_has_the_map_of_the_class_asked_for(trained, digit_files, tmp_path):
    large = tmp_path / "large.png"
    cv2.imwrite(str(large), cv2.resize(cv2.imread(str(digit_files["1"][3])), (300, 200)))
    request = {"id": 1, "model": str(trained.folder), "images": [str(large)], "top": 2}
    plain = Server().answer(json.dumps(request))["results"][0]
    assert "heat" not in plain
    (answer,) = Server().answer(json.dumps(request | {"explain": known(trained)[1]}))["results"]
    assert answer["predictions"] == plain["predictions"]
    assert answer["heat"]["class_id"] == known(trained)[1]
    assert heat_of(answer).shape == (43, 64)
    assert heat_of(answer).max() == 255


def test_a_class_that_the_model_does_not_know_is_refused(trained, digit_files):
    request = {"id": 1, "model": str(trained.folder), "images": [str(digit_files["1"][3])], "explain": 10**6}
    assert Server().answer(json.dumps(request))["error"]["code"] == "unknown_class"


def test_models_that_say_places_have_none():
    model = build("compact_detector", task_for("detection", CLASSES), Frame.square(64))
    with pytest.raises(EngineError) as refused:
        HeatMaps(model, task_for("detection", CLASSES))
    assert refused.value.code == "no_heat_map"


def test_a_class_of_several_has_a_map_too(run, freeze, digit_files):
    from benchmarks.version_folder import Item

    items = [Item(path, [name, "digit"]) for name, paths in digit_files.items() for path in paths[:12]]
    finished = run(tiny(task="multilabel", epochs=1), freeze(items, kind="multilabel"))
    (answer,) = Predictor(finished.folder).predict([digit_files["0"][0]], explain=known(finished)[0])
    assert set(answer["heat"]) == {"class_id", "size", "pixels"}
