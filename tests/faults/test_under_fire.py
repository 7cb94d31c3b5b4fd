"""The most telling faults, one of each; ``python -m tests.faults`` does them by the hundred."""

import random

import pytest

from tests.faults.battle import Battle
from tests.faults.faults import FAULTS

pytestmark = [pytest.mark.site, pytest.mark.slow]

TELLING = ["kill_web", "kill_train_worker", "kill_redis_and_its_data", "fill_disk", "jump_clock_back"]


@pytest.fixture(scope="module")
def battle(tmp_path_factory):
    with Battle(tmp_path_factory.mktemp("fire"), random.Random(1)) as battle:
        yield battle


@pytest.mark.parametrize("name", TELLING)
def test_everything_comes_back_by_itself(battle, name):
    if lacking := FAULTS[name].missing(battle):
        pytest.skip(lacking)
    outcome = battle.survive(name)
    assert outcome["met_its_target"]
    assert outcome["problems"] == []


def test_at_the_end_everything_is_there_that_people_were_told_is_saved(battle):
    verdict = battle.settle()
    assert verdict["problems"] == []
    assert all(verdict[what] for what in battle.judge.counts), verdict
