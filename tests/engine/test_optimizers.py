from typing import get_args

import keras
import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine.loop.learning_rate_table import LearningRateTable
from training.engine.loop.optimizers import build_optimizer
from training.engine.losses.index_crossentropy import IndexCrossentropy
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


def test_the_table_gives_each_step_its_rate_and_keeps_the_last():
    table = LearningRateTable([0.1, 0.2, 0.3])
    assert [round(float(table(step)), 6) for step in (0, 1, 2, 3, 9)] == [0.1, 0.2, 0.3, 0.3, 0.3]


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_cross_entropy_is_that_of_keras_on_one_hot_targets(smoothing):
    loss = IndexCrossentropy(3, label_smoothing=smoothing)
    reference = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    assert float(loss(TRUE, LOGITS)) == pytest.approx(float(reference(np.eye(3)[TRUE], LOGITS)), rel=1e-5)


def test_focal_loss_is_that_of_keras_without_its_balance():
    loss = IndexCrossentropy(3, focusing=2.0)
    reference = keras.losses.CategoricalFocalCrossentropy(alpha=1.0, gamma=2.0, from_logits=True)
    assert float(loss(TRUE, LOGITS)) == pytest.approx(float(reference(np.eye(3)[TRUE], LOGITS)), rel=1e-4)
