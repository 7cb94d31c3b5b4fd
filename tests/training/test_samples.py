"""What runs say of a few images, epoch by epoch: which of it is kept, and who is told."""

import pytest

from tests.training.conftest import add_digits
from training.models import EpochSamples
from training.recorder import LeaseLost, Recorder


class Stream:
    """What live pages would be told."""

    def __init__(self):
        self.told = []

    def add(self, name, data):
        self.told.append((name, data))


def image_of(pk, agreement=0.5):
    return {"image_id": pk, "name": "a.png", "canvas": [16, 16], "truth": [], "found": [], "agreement": agreement}


def samples(epoch, *images):
    return {"event": "samples", "time": 1.0, "epoch": epoch, "images": list(images)}


@pytest.fixture
def claimed(db, run):
    assert run.claim(None)
    return run


def kept(run):
    return list(run.samples.values_list("number", flat=True))


def test_drawings_are_kept_and_pages_are_told_that_they_are_there(claimed):
    recorder = Recorder(claimed, Stream())
    recorder.record(samples(1, image_of(5, 0.25)))
    recorder.record(samples(1, image_of(5, 0.75)))  # a resumed run repeats an epoch
    assert recorder.stream.told[-1] == ("samples", {"event": "samples", "time": 1.0, "epoch": 1})
    (row,) = claimed.samples.all()
    assert row.agreements == [0.75]


def test_who_has_lost_the_run_keeps_nothing(claimed):
    recorder = Recorder(claimed, Stream())
    type(claimed).objects.filter(pk=claimed.pk).update(lease=claimed.lease + 1)
    with pytest.raises(LeaseLost):
        recorder.record(samples(1, image_of(5)))
    assert kept(claimed) == []


def test_every_epoch_is_kept_at_first_and_fewer_of_long_runs(claimed):
    for number in range(1, 31):
        EpochSamples.objects.keep(claimed, number, [])
    assert kept(claimed) == list(range(1, 31))
    for number in range(31, 100):
        EpochSamples.objects.keep(claimed, number, [])
        assert len(kept(claimed)) <= 32
        assert kept(claimed)[0] == 1
        assert kept(claimed)[-1] == number
    assert kept(claimed) == [1, *range(4, 97, 4), 99]


@pytest.fixture
def shown(claimed, project, owner):
    image = add_digits(project, owner, per_class=1)[0]
    gone = image.pk + 1000
    for number in (1, 2, 3):
        EpochSamples.objects.keep(claimed, number, [image_of(image.pk, number / 4), image_of(gone, 0.5)])
    return image


def test_the_last_epoch_is_answered_or_the_one_asked_for(shown, claimed, as_, owner):
    path = f"/api/runs/{claimed.pk}/samples/"
    last = as_(owner).get(path).json()
    assert last["epoch"] == 3
    assert last["course"] == [{"epoch": each, "agreements": [each / 4, 0.5]} for each in (1, 2, 3)]
    assert as_(owner).get(path, {"epoch": 2}).json()["images"][0]["agreement"] == 0.5


def test_images_come_with_their_thumbnails_while_they_are_there(shown, claimed, as_, owner):
    there, gone = as_(owner).get(f"/api/runs/{claimed.pk}/samples/").json()["images"]
    assert (there["image"], there["thumbnail"]) == (shown.pk, f"/api/images/{shown.pk}/thumbnail/")
    assert there["size"] == [16, 16]
    assert (gone["image"], gone["thumbnail"], gone["size"]) == (None, None, None)


@pytest.mark.parametrize(("query", "status"), [({"epoch": 9}, 404), ({"epoch": 0}, 400), ({"epoch": "a"}, 400)])
def test_epochs_that_are_none_are_refused(shown, claimed, as_, owner, query, status):
    assert as_(owner).get(f"/api/runs/{claimed.pk}/samples/", query).status_code == status


def test_it_is_only_read_and_only_by_members(shown, claimed, as_, owner, stranger):
    path = f"/api/runs/{claimed.pk}/samples/"
    assert as_(owner).post(path).status_code == 405
    assert as_(stranger).get(path).status_code == 404
    assert as_(None).get(path).status_code == 401


def test_a_run_without_any_has_none(claimed, as_, owner):
    assert as_(owner).get(f"/api/runs/{claimed.pk}/samples/").status_code == 404
