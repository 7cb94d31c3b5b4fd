import random

import pytest

from labelapp.formats.mask_outline import mask_rings
from labelapp.formats.rings import joined, signed_area


def test_a_hole_is_a_ring_of_its_own():
    outer, holes = mask_rings([3, 3], [0, 4, 1, 4])
    assert outer == [[[0, 0], [3, 0], [3, 3], [0, 3]]]
    assert holes == [[[1, 1], [1, 2], [2, 2], [2, 1]]]


@pytest.mark.parametrize("seed", range(20))
def test_the_area_inside_the_rings_is_the_number_of_pixels(seed):
    rng = random.Random(seed)
    height, width = rng.randrange(1, 9), rng.randrange(1, 9)
    bits = [rng.random() < 0.6 for _ in range(height * width)]
    counts, value = [0], False
    for bit in bits:
        if bit != value:
            counts.append(0)
            value = bit
        counts[-1] += 1
    outer, holes = mask_rings([height, width], counts)
    assert sum(map(signed_area, outer + holes)) == sum(bits)
    if outer:
        whole = joined([joined(outer, holes=False), *holes], holes=True)
        assert signed_area(whole) == sum(bits)
        assert all(ring.count(point) <= 2 for ring in outer for point in ring)
