from typing import get_args

import keras
import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine.loop.learning_rate_table import LearningRateTable
from training.engine.loop.optimizers import build_optimizer
from training.engine.losses.share_crossentropy import ShareCrossentropy
from training.engine.spec_fields import Optimizer

TRUE = np.array([0, 2, 1])
LOGITS = np.array([[2.0, 0.5, -1.0], [0.1, 0.2, 0.3], [-3.0, 1.0, 2.0]], np.float32)


@pytest.mark.parametrize("name", get_args(Optimizer))
def test_every_optimiser_takes_a_step_downhill(name):
    optimizer = build_optimizer(tiny(optimizer=name, weight_decay=0.01).resolved(), [1e-3, 1e-3])
    weight = keras.Variable(np.ones((4, 4), np.float32), name="kernel")
    optimizer.build([weight])
    optimizer.apply([keras.ops.ones((4, 4))], [weight])
    assert float(keras.ops.mean(weight)) < 1


@pytest.mark.parametrize("name", get_args(Optimizer))
def test_every_optimiser_waits_for_the_batches_of_a_step_clips_them_and_averages_its_weights(name):
    spec = tiny(optimizer=name, clip_norm=1, weight_averaging=0.5, gradient_accumulation=2).resolved()
    optimizer = build_optimizer(spec, [1e-3] * 40, accumulation=2)
    weight = keras.Variable(np.ones((4, 4), np.float32), name="kernel")
    optimizer.build([weight])
    seen = []
    for _ in range(4):
        optimizer.apply([100 * keras.ops.ones((4, 4))], [weight])
        seen.append(float(keras.ops.mean(weight)))
    assert seen[0] == 1
    assert 0.9 < seen[1] < 1
    assert seen[2] == seen[1] > seen[3]
    optimizer.finalize_variable_values([weight])
    assert seen[1] > float(keras.ops.mean(weight)) > seen[3]


def test_two_batches_make_the_step_that_their_mean_would():
    found = []
    for gradients, rates in (([1.0, 5.0, -2.0, 4.0], [1.0, 1e-2, 1.0, 1e-3]), ([3.0, 1.0], [1e-2, 1e-3])):
        spec = tiny().resolved()
        optimizer = build_optimizer(spec, rates, len(gradients) // 2)
        weight = keras.Variable(np.ones((2, 2), np.float32), name="kernel")
        optimizer.build([weight])
        for gradient in gradients:
            optimizer.apply([gradient * keras.ops.ones((2, 2))], [weight])
        found.append(keras.ops.convert_to_numpy(weight))
    assert found[0] == pytest.approx(found[1], rel=1e-6)


def test_the_table_gives_each_step_its_rate_and_keeps_the_last():
    table = LearningRateTable([0.1, 0.2, 0.3])
    assert [round(float(table(step)), 6) for step in (0, 1, 2, 3, 9)] == [0.1, 0.2, 0.3, 0.3, 0.3]


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_cross_entropy_is_that_of_keras_on_one_hot_targets(smoothing):
    loss = ShareCrossentropy(label_smoothing=smoothing)
    reference = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    assert float(loss(np.eye(3)[TRUE], LOGITS)) == pytest.approx(float(reference(np.eye(3)[TRUE], LOGITS)), rel=1e-5)


def test_focal_loss_is_that_of_keras_without_its_balance():
    loss = ShareCrossentropy(focusing=2.0)
    reference = keras.losses.CategoricalFocalCrossentropy(alpha=1.0, gamma=2.0, from_logits=True)
    assert float(loss(np.eye(3)[TRUE], LOGITS)) == pytest.approx(float(reference(np.eye(3)[TRUE], LOGITS)), rel=1e-4)
