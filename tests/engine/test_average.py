import keras
import numpy as np
import pytest

from tests.engine.conftest import TrainedRun, tiny
from tests.engine.test_resume import weights_of
from training.engine.export.keras_file import load_model
from training.engine.loop.averaging import averaged
from training.engine.loop.optimizers import build_optimizer


def small_model(**fields):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, use_bias=False)])
    spec = tiny(optimizer="sgd", weight_decay=0, **fields).resolved()
    model.compile(optimizer=build_optimizer(spec, [0.1] * 100), loss="mse")
    model.optimizer.build(model.trainable_variables)
    return model


def test_a_model_lends_itself_the_mean_of_its_weights_and_takes_its_own_back():
    model = small_model(weight_averaging=0.5)
    [weight] = model.trainable_variables
    taken, wanted = [], None
    for _ in range(4):
        model.optimizer.apply([keras.ops.ones((2, 1))])
        taken.append(np.array(weight))
        wanted = taken[0] if wanted is None else 0.5 * wanted + 0.5 * taken[-1]
    with averaged(model):
        assert np.array(weight) == pytest.approx(wanted, rel=1e-5)
    assert (np.array(weight) == taken[-1]).all()


def test_without_averaging_a_model_stays_what_it_is():
    model = small_model()
    before = np.array(model.trainable_variables[0])
    with averaged(model):
        assert (np.array(model.trainable_variables[0]) == before).all()


def test_the_mean_is_what_is_kept_and_the_weights_are_what_goes_on(run, version, tmp_path):
    fields = {"epochs": 2, "batch_size": 4, "seed": 3}
    plain = run(tiny(**fields), version)
    mean = TrainedRun(tiny(weight_averaging=0.9, **fields), version, tmp_path / "mean")
    own, others = (weights_of(each.folder) for each in (plain, mean))
    assert all((own[name] == others[name]).all() for name in own if name.startswith("v"))
    kept = [load_model(each.folder).model.get_weights() for each in (plain, mean)]
    assert any((one != other).any() for one, other in zip(*kept, strict=True))
    losses = [each.events.of("epoch")[-1]["metrics"] for each in (plain, mean)]
    assert losses[0]["loss"] == losses[1]["loss"]
    assert losses[0]["val_loss"] != losses[1]["val_loss"]
