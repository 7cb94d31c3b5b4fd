import hashlib
import random
from collections import Counter, defaultdict

import pytest

from labelapp.versions.split import Candidate, split_images

RATIOS = {"train": 0.7, "validation": 0.15, "test": 0.15}


def sha(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def images(count: int, classes: int = 0, **fields) -> list[Candidate]:
    return [
        Candidate(sha(n), classes=frozenset({f"class {n % classes}"} if classes else ()), **fields)
        for n in range(count)
    ]


def per_class(candidates, split):
    found = defaultdict(Counter)
    for each in candidates:
        for name in each.classes:
            found[name][split[each.sha256]] += 1
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10, 100, 689])
@pytest.mark.parametrize("stratify", [True, False])
def test_totals_follow_the_ratios(count, stratify):
    totals = Counter(split_images(images(count, 10), RATIOS, stratify=stratify).values())
    if not stratify or count >= 100:
        assert all(abs(totals[part] - ratio * count) <= 1 for part, ratio in RATIOS.items())
    assert sum(totals.values()) == count


def test_each_class_follows_the_ratios():
    candidates = images(689, 10)
    for counts in per_class(candidates, split_images(candidates, RATIOS)).values():
        total = sum(counts.values())
        assert all(abs(counts[part] - ratio * total) <= 1 for part, ratio in RATIOS.items())


@pytest.mark.parametrize("count", range(3, 12))
def test_a_tiny_class_is_in_every_part(count):
    small = [Candidate(sha(1000 + n), classes=frozenset({"rare"})) for n in range(count)]
    candidates = images(200, 5) + small
    counts = per_class(candidates, split_images(candidates, RATIOS))["rare"]
    assert all(counts[part] >= 1 for part in RATIOS)


def test_several_classes_on_an_image_are_stratified_together():
    rng = random.Random(3)
    candidates = [
        Candidate(sha(n), classes=frozenset(rng.sample("abcdefghij", rng.randint(0, 4)))) for n in range(3000)
    ]
    for counts in per_class(candidates, split_images(candidates, RATIOS)).values():
        total = sum(counts.values())
        assert all(abs(counts[part] / total - ratio) < 0.01 for part, ratio in RATIOS.items())


def test_groups_stay_together():
    rng = random.Random(4)
    candidates = [
        Candidate(sha(n), group=f"video {rng.randrange(40)}", classes=frozenset(rng.sample("abc", 1)))
        for n in range(800)
    ]
    split = split_images(candidates, RATIOS)
    parts = defaultdict(set)
    for each in candidates:
        parts[each.group].add(split[each.sha256])
    assert all(len(each) == 1 for each in parts.values())
    totals = Counter(split.values())
    assert all(abs(totals[part] / 800 - ratio) < 0.03 for part, ratio in RATIOS.items())


def test_order_does_not_matter_but_the_seed_does():
    candidates = images(200, 7)
    shuffled = random.Random(1).sample(candidates, len(candidates))
    assert split_images(candidates, RATIOS, 5) == split_images(shuffled, RATIOS, 5)
    assert split_images(candidates, RATIOS, 5) != split_images(candidates, RATIOS, 6)


def test_an_image_keeps_the_split_that_a_person_gave_it_and_its_group_follows():
    candidates = [
        Candidate(sha(0), group="scene", fixed="test"), Candidate(sha(1), group="scene"), *images(50)[2:],
    ]  # fmt: skip
    split = split_images(candidates, RATIOS)
    assert split[sha(0)] == split[sha(1)] == "test"
    assert split_images([Candidate(sha(0), fixed="test")], {"train": 1.0}) == {sha(0): "test"}


def test_a_part_of_ratio_zero_gets_nothing():
    assert set(split_images(images(50, 5), {"train": 0.8, "validation": 0.2, "test": 0}).values()) == {
        "train", "validation",
    }  # fmt: skip
