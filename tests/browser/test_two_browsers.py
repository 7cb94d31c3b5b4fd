"""Two people, three pages, two browsers on the same images while the server is killed and the network cut."""

import random

import pytest
from playwright.sync_api import expect

from tests.faults.two_browsers.play import Play

pytestmark = pytest.mark.slow


def test_nothing_is_lost_that_anybody_saw_as_saved(site, browser):
    """Thousands: python -m tests.faults.two_browsers."""
    play = Play(site, browser.browser_type, random.Random(5))
    try:
        for befall in (play.cut_network, play.kill_web, play.cut_network):
            play.run(len(play.notes.made) + 9)
            befall()
        play.run(len(play.notes.made) + 8)
        play.rest()
        assert play.judge() == []
        # The judge has left everybody at the last image.
        expect(play.seats[0].page.locator(".label-person")).to_have_attribute(
            "title", "Grace Hopper is at this image too"
        )
    finally:
        play.close()
