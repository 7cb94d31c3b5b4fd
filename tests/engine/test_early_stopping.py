import math

from training.engine.callbacks.early_stopping import EarlyStopping
from training.engine.loop.progress import Progress


def judged(monitor, values, patience=0):
    judge = EarlyStopping(monitor, patience, Progress())
    return [judge.judge(epoch, value) for epoch, value in enumerate(values, 1)], judge


def test_a_lower_loss_is_better():
    verdicts, _ = judged("val_loss", [{"val_loss": 2.0}, {"val_loss": 1.0}, {"val_loss": 1.5}])
    assert verdicts == [True, True, False]


def test_a_higher_accuracy_is_better_and_the_loss_breaks_a_tie():
    values = [{"val_accuracy": 0.5, "val_loss": 2.0}, {"val_accuracy": 0.6, "val_loss": 3.0},
              {"val_accuracy": 0.6, "val_loss": 2.9}, {"val_accuracy": 0.6, "val_loss": 2.9}]  # fmt: skip
    assert judged("val_accuracy", values)[0] == [True, True, True, False]


def test_what_cannot_be_computed_is_never_better():
    values = [{"val_accuracy": 0.1, "val_loss": 2.0}, {"val_accuracy": math.nan, "val_loss": 1.0}]
    assert judged("val_accuracy", values)[0] == [True, False]


def test_patience_counts_epochs_since_the_best():
    assert judged("val_loss", [{"val_loss": 1.0}, {"val_loss": 2.0}], patience=2)[1].stops is False
    assert judged("val_loss", [{"val_loss": 1.0}, {"val_loss": 2.0}, {"val_loss": 2.0}], patience=2)[1].stops is True


def test_without_patience_it_never_stops():
    assert judged("val_loss", [{"val_loss": 1.0}, *[{"val_loss": 2.0}] * 50])[1].stops is False
