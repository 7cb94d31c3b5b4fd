"""Files of one request are judged side by side: also when many of them have the same content."""

import os

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from labelapp.images.arrival import Arrival, receive_all
from labelapp.images.originals import path_of


def test_the_same_picture_many_times_is_stored_once_and_whole(picture):
    for _ in range(200):
        content = picture() + os.urandom(8)
        arrivals = receive_all([(f"{number}.png", ContentFile(content)) for number in range(8)])
        assert all(isinstance(each, Arrival) for each in arrivals)
        assert default_storage.size(path_of(arrivals[0].sha256)) == len(content)


def test_outcomes_come_in_the_order_of_the_files(picture):
    files = [picture(seed) if seed % 2 else b"no picture" for seed in range(20)]
    outcomes = receive_all([(str(number), ContentFile(each)) for number, each in enumerate(files)])
    assert [each.name for each in outcomes] == [str(number) for number in range(20)]
    assert [isinstance(each, Arrival) for each in outcomes] == [bool(number % 2) for number in range(20)]
