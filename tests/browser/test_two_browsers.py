"""Two people, three pages, two browsers on the same images while the server is killed and the network cut."""

import random

import pytest

from tests.faults.two_browsers.play import Play

pytestmark = pytest.mark.slow

EDITS = 40  # thousands: python -m tests.faults.two_browsers


def test_nothing_is_lost_that_anybody_saw_as_saved(site, browser):
    play = Play(site, browser.browser_type, random.Random(5), harshness=3)
    try:
        play.run(EDITS)
        play.rest()
        assert play.judge() == []
        assert play.counts["kills"]
        assert play.counts["cuts"]
    finally:
        play.close()
