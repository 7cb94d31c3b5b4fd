import numpy as np
import pytest

from training.engine.data.features import Features
from training.engine.data.feed import Feed
from training.engine.data.samples import Samples


def feed(count=10, batch_size=4, seed=0, samples=Samples, workers=2):
    values = np.arange(count, dtype=np.float32)[:, None]
    return Feed(samples(Features(values), np.arange(count)), np.ones(count), batch_size, seed, workers)


class Noisy(Samples):
    def take(self, indices, seed):
        inputs, targets = super().take(indices, seed)
        noise = [np.random.default_rng([*seed, int(index)]).random() for index in indices]
        return inputs + np.array(noise)[:, None], targets


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
        def take(self, indices, seed):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(feed(samples=Broken).epoch(0))


def test_an_epoch_can_be_left_early():
    batches = feed(1000, 4, samples=Noisy).epoch(0)
    next(batches)
    batches.close()
