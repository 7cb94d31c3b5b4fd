"""Detectors look through many images: by a worker, on from where it was, and nothing is proposed twice."""

import numpy as np
import pytest

from labelapp.annotations.assist import detect
from labelapp.annotations.models import Detection, Suggestion, detection
from labelapp.images.decoding import Refused
from labelapp.projects import work
from labelapp.projects.models import AuditEntry
from tests.annotations.assist.scenes import field

BOX = {"shape": "box", "geometry": {"box": [5, 5, 20, 20]}, "score": 0.8}


class Stand:
    """In place of the process of tools: one face on each image, but on those that cannot be read."""

    def __init__(self):
        self.asked, self.broken = [], set()

    def ask(self, tool, image, given):
        self.asked.append(image.pk)
        if image.pk in self.broken:
            raise Refused("damaged")
        return [BOX]


@pytest.fixture
def stand(monkeypatch):
    made = Stand()
    monkeypatch.setattr(detection, "assistant", lambda: made)
    return made


@pytest.fixture
def images(add_image, free_project):
    return [add_image(f"{number}.png") for number in range(3)]


@pytest.fixture
def start(as_, annotator, project, cat):
    def post(by=annotator, **body):
        body = {"class": cat.pk, "detector": "faces", "filters": {}} | body
        return as_(by).post(f"/api/projects/{project.pk}/detections/", body, format="json")

    return post


def test_a_worker_looks_and_suggests(start, stand, images, project, as_, annotator):
    answer = start()
    assert (answer.status_code, answer.json()["status"], answer.json()["images"]) == (202, "queued", 3)
    (row,) = work.newest(project, 10)
    assert row.title == "Looking for faces on 3 images"
    row.perform()
    found = as_(annotator).get(f"/api/detections/{row.pk}/").json()
    assert (found["status"], found["found"], found["changed"], found["progress"]) == ("completed", 3, 3, 1.0)
    assert set(Suggestion.objects.values_list("tool", "model", "score")) == {("faces", None, 0.8)}
    (row,) = work.newest(project, 10)
    assert row.summary == "3 suggestions as cat"
    assert AuditEntry.objects.filter(verb="detection.started").count() == 1


def test_what_was_refused_is_not_proposed_again_and_the_same_not_twice(start, stand, images, annotator):
    Detection.objects.perform(start().json()["id"])
    Suggestion.objects.first().settle("refused", annotator)
    Detection.objects.perform(start().json()["id"])
    assert sorted(Suggestion.objects.values_list("state", flat=True)) == ["open", "open", "refused"]


def test_labelled_images_are_left_alone_and_damaged_ones_do_not_stop_it(start, stand, images):
    first, second, third = images
    first.status = "labelled"
    first.save(update_fields=["status"])
    stand.broken = {second.pk}
    Detection.objects.perform(start().json()["id"])
    row = Detection.objects.get()
    assert (row.status, row.changed, row.unchanged, stand.asked) == ("completed", 1, 2, [second.pk, third.pk])


def test_cancelled_it_stops_and_another_try_goes_on_from_there(start, stand, images, as_, annotator):
    pk = start().json()["id"]

    def cancelling(tool, image, given):
        if image.pk == images[1].pk:
            assert as_(annotator).post(f"/api/detections/{pk}/cancel/").status_code == 200
        return [BOX]

    stand.ask = cancelling
    Detection.objects.perform(pk)
    assert (Detection.objects.get().status, Suggestion.objects.count()) == ("cancelled", 1)
    del stand.ask
    assert as_(annotator).post(f"/api/detections/{pk}/retry/").status_code == 200
    Detection.objects.perform(pk)
    assert stand.asked == [each.pk for each in images[1:]]
    assert (Detection.objects.get().status, Suggestion.objects.count()) == ("completed", 3)


def test_a_class_that_has_gone_meanwhile_is_said(start, stand, images, cat):
    pk = start().json()["id"]
    cat.delete()
    Detection.objects.perform(pk)
    assert "not there any more" in Detection.objects.get().error


@pytest.mark.parametrize("body", [{"detector": "cats"}, {"class": 0}, {"ids": [1]}, {"filters": None}])
def test_bad_input_starts_nothing(start, images, body):
    assert start(**body).status_code == 400
    assert not Detection.objects.exists()


def test_a_class_that_is_not_for_boxes_is_refused(start, images, cat):
    cat.shapes = ["mask"]
    cat.save(update_fields=["shapes"])
    assert "not for boxes" in start().json()["error"]["message"]


def test_other_images_than_expected_start_nothing(start, images):
    assert start(expected=9).status_code == 409
    assert not Detection.objects.exists()


def test_who_may_not_label_may_not_start_it(start, images, viewer, stranger):
    assert [start(by=each).status_code for each in (viewer, stranger, None)] == [403, 404, 401]


@pytest.mark.parametrize("detector", ["faces", "plates", "people"])
def test_detectors_answer_for_pictures_of_any_size(detector):
    for size in ((3, 4), (40, 300), (300, 200)):
        noise = np.random.default_rng(0).integers(0, 255, (*size, 3)).astype(np.uint8)
        for found in detect.answer(field(noise), {"detector": detector}):
            assert found["shape"] == "box"
            assert 0 <= found["score"] <= 1
