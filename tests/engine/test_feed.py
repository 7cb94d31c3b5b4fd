import numpy as np
import pytest

from training.engine.data.features import Features
from training.engine.data.feed import Feed
from training.engine.data.repeats import drawn_order, repeat_factors
from training.engine.data.samples import Samples


def feed(count=10, batch_size=4, seed=0, samples=Samples, workers=2):
    values = np.arange(count, dtype=np.float32)[:, None]
    return Feed(samples(Features(values), np.arange(count)), batch_size, seed, workers)


class Noisy(Samples):
    def take(self, indices, moment):
        batch = super().take(indices, moment)
        noise = [np.random.default_rng([*moment, int(index)]).random() for index in indices]
        return batch._replace(inputs=batch.inputs + np.array(noise)[:, None])


def test_every_sample_comes_once_and_the_last_batch_is_filled_up():
    batches = list(feed(10, 4).epoch(0))
    assert [len(batch.targets) for batch in batches] == [4, 4, 4]
    targets = np.concatenate([batch.targets for batch in batches])
    assert sorted(targets[:10]) == list(range(10))
    assert list(targets[10:]) == list(targets[:2])


def test_inputs_and_targets_stay_together():
    for batch in feed().epoch(3):
        assert (batch.inputs[:, 0] == batch.targets).all()


def test_a_set_smaller_than_a_batch_makes_one_smaller_batch():
    small = feed(3, 32)
    assert small.steps == 1
    assert [len(batch.targets) for batch in small.epoch(0)] == [3]


@pytest.mark.parametrize("workers", [1, 4])
def test_an_epoch_is_the_same_however_many_threads_read_it(workers):
    expected = [batch.inputs for batch in feed(50, 8, samples=Noisy, workers=2).epoch(2)]
    found = [batch.inputs for batch in feed(50, 8, samples=Noisy, workers=workers).epoch(2)]
    assert all((a == b).all() for a, b in zip(expected, found, strict=True))


def test_another_epoch_and_another_seed_differ():
    def order(seed, epoch):
        return [int(target) for batch in feed(50, 8, seed).epoch(epoch) for target in batch.targets]

    assert order(0, 0) != order(0, 1)
    assert order(0, 0) != order(1, 0)


def test_an_error_in_a_reader_reaches_the_loop():
    class Broken(Samples):
        def take(self, indices, moment):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(feed(samples=Broken).epoch(0))


def test_an_epoch_can_be_left_early():
    batches = feed(1000, 4, samples=Noisy).epoch(0)
    next(batches)
    batches.close()


def test_rare_classes_come_as_often_where_images_hold_one():
    classes = np.array([0] * 90 + [1] * 30 + [2] * 10)
    factors = repeat_factors(np.eye(3, dtype=bool)[classes])
    counts = np.zeros(3)
    for epoch in range(20):
        order = drawn_order(factors, np.random.default_rng([0, epoch]))
        assert len(order) == len(classes)
        counts += np.bincount(classes[order], minlength=3)
    assert counts.max() / counts.min() < 1.15


def test_where_images_hold_several_the_root_of_how_rare_the_rarest_is_counts():
    present = np.array([[True, False]] * 15 + [[True, True]] * 5)
    assert repeat_factors(present).tolist() == [1.0] * 15 + [2.0] * 5
    assert repeat_factors(np.zeros((3, 2), bool)).tolist() == [1.0] * 3


def test_a_balanced_epoch_follows_from_seed_and_epoch():
    def order(epoch):
        samples = Samples(Features(np.arange(40.0)), np.arange(40))
        return [
            int(each) for batch in Feed(samples, 8, 1, 2, np.linspace(1, 4, 40)).epoch(epoch) for each in batch.targets
        ]

    assert order(3) == order(3)
    assert order(3) != order(4)
    assert len(order(3)) == 40
