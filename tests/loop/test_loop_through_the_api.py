"""The whole loop against the running site, by the script that knows nothing but API.md."""

import pytest

from tests.loop.api_loop import Loop, walk

pytestmark = [pytest.mark.site, pytest.mark.slow]


def test_the_whole_loop_works_through_the_api(site, digits_folder):
    loop = Loop(site.address, site.username, site.password)
    spec = {"task": "classification", "preset": "compact_cnn", "epochs": 6, "image_size": 32, "batch_size": 16}
    figures = walk(loop, digits_folder, spec)
    assert figures["images"]["refused"] == 0
    assert figures["epochs"] == 6
    assert figures["test_accuracy"] > 0.5  # ten classes: guessing gives 0.1
