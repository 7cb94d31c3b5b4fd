import keras
import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine.callbacks.step_statistics import StepStatistics
from training.engine.events import EventList
from training.engine.loop.optimizers import build_optimizer
from training.engine.loop.stepper import Stepper

STAGES = ["backbone/2", "backbone/4", "backbone/8"]


@pytest.fixture
def watching():
    """A model of two groups, whose steps are made by hand, and what it warns of."""
    pixels = keras.Input((4, 4, 1))
    backbone = keras.Model(pixels, keras.layers.Conv2D(1, 2, 2, use_bias=False)(pixels), name="backbone")
    inputs = keras.Input((4, 4, 1))
    outputs = keras.layers.Dense(1, use_bias=False)(keras.layers.Flatten()(backbone(inputs)))
    model = keras.Model(inputs, outputs)
    optimizer = build_optimizer(tiny(optimizer="sgd", weight_decay=0).resolved(), [0.1] * 9)
    model.compile(optimizer=optimizer, loss="mse")
    optimizer.build(model.trainable_variables)
    for variable in model.trainable_variables:
        variable.assign(np.ones(variable.shape))
    events = EventList()
    statistics = StepStatistics(Stepper(model), events)

    def step(*gradients):
        statistics.begin()
        shapes = [variable.shape for variable in model.trainable_variables]
        optimizer.apply([keras.ops.full(shape, value) for shape, value in zip(shapes, gradients, strict=True)])
        return statistics.end()

    return step, events


def test_a_step_is_told_by_its_gradients_and_by_what_they_change(watching):
    step, events = watching
    backbone, head = step(0.2, -0.1)
    assert [each["group"] for each in (backbone, head)] == ["backbone/2", "head"]
    assert backbone["gradients"] == pytest.approx(0.2 * 2, rel=1e-3)
    assert head["gradients"] == pytest.approx(0.1 * 2, rel=1e-3)
    # With Nesterov's momentum of 0.9 the first step is 1.9 times rate and gradient.
    assert backbone["update"] == pytest.approx(1.9 * 0.1 * 0.2 / (1 - 1.9 * 0.1 * 0.2), rel=1e-3)
    assert backbone["weights"] == pytest.approx(2 * (1 - 1.9 * 0.1 * 0.2), rel=1e-3)
    assert [each["verdict"] for each in (backbone, head)] == [None, None]
    assert events.of("log") == []


def test_what_no_gradient_reaches_and_what_moves_too_far_is_said_once(watching):
    step, events = watching
    assert [each["verdict"] for each in step(0.0, 0.1)] == ["vanished", None]
    assert [each["verdict"] for each in step(0.1, 5.0)] == [None, "exploding"]
    assert [each["verdict"] for each in step(0.1, float("nan"))] == [None, "exploding"]
    first, second = (event["message"] for event in events.of("log"))
    assert first == "No gradient reaches backbone/2 any more: it has stopped learning."
    assert second.startswith("One step changes head by")


def test_every_epoch_tells_of_every_group_that_learns(run, version, trained):
    spec = tiny(epochs=3, freeze_epochs=1, weights=str(trained.folder / "model.keras"), gradient_accumulation=2)
    epochs = run(spec, version).events.of("epoch")
    groups = [[each["group"] for each in epoch["statistics"]] for epoch in epochs]
    assert groups == [["head"], [*STAGES, "head"], [*STAGES, "head"]]
    for epoch in epochs:
        for each in epoch["statistics"]:
            assert each["weights"] > 0
            assert each["gradients"] > 0
            assert 0 < each["update"] < 1
