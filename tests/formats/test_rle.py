import random

import pytest

from labelapp.formats import rle


def test_compressed_counts_come_back():
    rng = random.Random(1)
    for _ in range(300):
        counts = [rng.choice([0, 1, 31, 32, 1000, 10**6]) * rng.randrange(3) for _ in range(rng.randrange(12))]
        assert rle.decompress(rle.compress(counts)) == counts


def test_the_text_is_the_one_that_coco_writes():
    # Worked out by hand from rleToString of maskApi.c: 6 and -3 need one digit each, 100 needs two.
    assert rle.compress([3, 3, 3]) == "333"
    assert rle.compress([5, 9, 6, 6]) == "596M"
    assert rle.compress([100, 1]) == "T31"


@pytest.mark.parametrize("text", ["!", "\x7f\x80", "P"])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError):
        rle.decompress(text)


def test_bounds_of_a_mask():
    assert rle.bounds([4, 6], [24]) is None
    assert rle.bounds([4, 6], [5, 2, 17]) == (1, 1, 1, 2)
    assert rle.bounds([4, 6], [5, 4, 15]) == (1, 0, 2, 4)
