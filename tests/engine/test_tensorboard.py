import pytest
import tensorflow as tf

from training.engine.callbacks.tensorboard import TensorBoard


def entry(epoch, loss):
    return {
        "epoch": epoch, "time": 1000.5 + epoch, "metrics": {"loss": loss, "accuracy": None, "val_loss": 2 * loss},
        "learning_rate": 0.1, "images_per_second": 50.0,
        "statistics": [{"group": "head", "weights": 3.0, "gradients": 0.5, "update": 0.01, "verdict": None}],
    }  # fmt: skip


def told(folder):
    """Step, time and values of every event in a folder, in order."""
    events = []
    for path in sorted(folder.glob("*tfevents*")):
        for record in tf.data.TFRecordDataset(str(path)):
            event = tf.compat.v1.Event.FromString(record.numpy())
            if event.summary.value:
                events.append(
                    (event.step, event.wall_time, {each.tag: each.simple_value for each in event.summary.value})
                )
            else:
                assert event.file_version == "brain.Event:2"
    return events


def test_train_and_validation_are_two_runs_with_the_same_names(tmp_path):
    TensorBoard(tmp_path, []).add(entry(1, 0.5))
    [(step, moment, values)] = told(tmp_path / "train")
    assert (step, moment) == (1, 1001.5)
    assert values == pytest.approx({
        "epoch_loss": 0.5, "learning_rate": 0.1, "images_per_second": 50, "weights/head": 3, "gradients/head": 0.5,
        "update/head": 0.01,
    })  # fmt: skip
    assert told(tmp_path / "validation") == [(1, 1001.5, {"epoch_loss": 1.0})]


def test_after_a_resume_every_epoch_is_told_once_at_its_own_time(tmp_path):
    first = TensorBoard(tmp_path, [])
    for epoch in (1, 2, 3):  # the third had no checkpoint yet when the process was killed
        first.add(entry(epoch, 1.0))
    again = TensorBoard(tmp_path, [entry(1, 1.0), entry(2, 1.0)])
    again.add(entry(3, 0.25))
    assert [(step, moment) for step, moment, _ in told(tmp_path / "train")] == [(1, 1001.5), (2, 1002.5), (3, 1003.5)]
    assert [values["epoch_loss"] for _, _, values in told(tmp_path / "validation")] == [2.0, 2.0, 0.5]
