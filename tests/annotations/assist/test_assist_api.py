import os
import signal
import subprocess
import sys

import pytest

from labelapp.annotations.assist.assistant import Assistant, assistant
from labelapp.annotations.models import Annotation, Suggestion
from labelapp.images.decoder.decoder import Limits
from labelapp.images.decoding import Refused
from tests.annotations.assist.scenes import bits, disc_bits, overlap

pytestmark = pytest.mark.django_db


def test_a_box_becomes_a_mask_and_nothing_is_kept(ask):
    answer = ask()
    (found,) = answer.json()["results"]
    assert (answer.status_code, found["shape"]) == (200, "mask")
    assert overlap(bits(found["geometry"]), disc_bits((40, 40), 14, (160, 120))) > 0.93
    assert not Annotation.objects.exists()
    assert not Suggestion.objects.exists()


def test_the_second_answer_needs_no_decoding(ask, cells, monkeypatch):
    ask()
    monkeypatch.setattr("labelapp.annotations.assist.pictures.ask", None)
    assert ask().status_code == 200


def test_who_may_not_label_may_not_ask(ask, viewer, stranger):
    assert [ask(by=each).status_code for each in (viewer, stranger, None)] == [403, 404, 401]


def test_other_methods_and_images_that_are_not_there(as_, annotator, cells):
    assert as_(annotator).get(f"/api/images/{cells.pk}/assist/").status_code == 405
    assert as_(annotator).post("/api/images/999999/assist/", {}, format="json").status_code == 404


@pytest.mark.parametrize(
    ("tool", "given", "field"),
    [
        ("grabcut", {"box": [1, 2, 3]}, "box"),
        ("grabcut", {"shape": "mask"}, "box"),
        ("grabcut", {"box": [500, 500, 9, 9]}, "box"),
        ("grabcut", {"box": [20, 20, 40, 40], "shape": "line"}, "shape"),
        ("grabcut", {"box": [20, 20, 40, 40], "keep": [{"points": [], "width": 3}]}, "keep.0.points"),
        ("grabcut", {"box": [20, 20, 40, 40], "keep": [{"points": [[1, 2]], "width": 0}]}, "keep.0.width"),
        ("grabcut", {"box": [20, 20, 40, 40], "remove": "all"}, "remove"),
        ("grabcut", {"box": [20, 20, 40, 40], "colour": "red"}, "colour"),
        ("grabcut", {"box": [20, 20, 40, 40], "about": {"shape": "polygon", "geometry": {"rings": []}}}, "geometry"),
        ("colour", {"shape": "tag", "geometry": {}}, "shape"),
        ("detect", {"detector": "cats"}, "detector"),
    ],
)
def test_bad_input_is_named(ask, tool, given, field):
    answer = ask(tool, **given)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["message"]


def test_a_tool_that_is_not_there_and_no_body(as_, annotator, cells):
    for body in ({}, {"tool": "magic", "input": {}}, {"tool": "grabcut", "input": [1]}, []):
        assert as_(annotator).post(f"/api/images/{cells.pk}/assist/", body, format="json").status_code == 400


def test_a_file_that_is_gone_is_said(ask, cells):
    cells.sha256 = "0" * 64
    cells.save(update_fields=["sha256"])
    answer = ask()
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        400, "The file of this image is gone from the storage.",
    )  # fmt: skip


def test_a_process_of_tools_that_was_killed_is_started_anew(ask):
    ask()
    os.kill(assistant()._child.pid, signal.SIGKILL)
    assert ask().status_code == 200


def test_what_takes_too_long_is_given_up_and_the_next_one_is_answered(cells):
    command = [sys.executable, "-c", "from tests.annotations.assist.slow_child import main; main()"]
    slow = Assistant(Limits(seconds=1, wall_seconds=3, memory=1 << 30), 1, command)
    try:
        with pytest.raises(Refused, match="smaller part"):
            slow.ask("spin", cells, {})
        assert slow.ask("rest", cells, {}) == [{"shape": "box"}]
    finally:
        slow.close()


def test_the_site_starts_without_opencv():
    script = "import django, sys; django.setup(); import labelapp.annotations.urls; print('cv2' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "labelapp.settings"}
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    assert asked.stdout.strip() == "False", asked.stderr
