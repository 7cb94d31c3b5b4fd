"""How fast workers are: what is asked for, found, kept and withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from training.engine import zoo
from training.measuring import Measuring, engine
from training.models import Measurement, Run, RunStatus, Worker
from training.models.measurement import MOST_SECONDS

PAIR = ("compact_cnn", "classification")
FOUND = {
    "device": "A fast one", "frame": [64, 64], "batch_size": 8, "train_images_per_second": 120.5,
    "predict_images_per_second": 800.0, "memory_bytes": 10**9,
}  # fmt: skip


@pytest.fixture
def worker(db):
    return Worker.objects.announce("train@here", node="here", queues=["train"], memory_bytes=8 * 2**30)


@pytest.fixture
def path(project):
    return f"/api/projects/{project.pk}/measurements/"


@pytest.fixture
def measuring(db):
    return Measuring("here", lambda: False)


def ask() -> Measurement:
    (row,) = Measurement.objects.ask("here", [PAIR])
    return row


def test_everything_of_a_task_is_asked_for_on_every_node_that_trains(as_, owner, worker, path):
    answer = as_(owner).post(path, {"task": "segmentation"}, format="json")
    assert answer.status_code == 202
    asked = {(each["node"], each["preset"]) for each in answer.json()["results"] if each["status"] == "waiting"}
    assert asked == {("here", name) for name, preset in zoo.PRESETS.items() if "segmentation" in preset.tasks}
    assert answer.json()["nodes"] == ["here"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"task": "juggling"}, "task"),
        ({"task": "segmentation", "presets": ["compact_cnn"]}, "presets"),
        ({"task": "detection", "nodes": ["elsewhere"]}, "nodes"),
        ({}, "task"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_its_field(as_, owner, worker, path, wrong, field):
    answer = as_(owner).post(path, wrong, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


def test_a_viewer_asks_for_nothing(as_, viewer, worker, path):
    assert as_(viewer).post(path, {"task": "detection"}, format="json").status_code == 403
    assert as_(viewer).delete(path).status_code == 403
    assert as_(viewer).get("/api/measurements/").json()["results"] == []


def test_what_is_asked_for_can_be_withdrawn_and_what_was_known_stays(as_, owner, worker, path):
    ask().keep("abc", FOUND)
    as_(owner).post(path, {"task": "classification", "presets": ["compact_cnn"]}, format="json")
    assert as_(owner).delete(path).status_code == 204
    (row,) = as_(owner).get("/api/measurements/").json()["results"]
    assert (row["status"], row["train_images_per_second"]) == ("measured", 120.5)


def test_one_worker_takes_a_measurement_and_another_only_once_that_has_died(db):
    row = ask()
    assert row.claim()
    assert not row.claim()
    long_ago = timezone.now() - timedelta(seconds=2 * MOST_SECONDS)
    Measurement.objects.update(begun_at=long_ago)
    assert row.claim()


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.RUNNING])
def test_runs_come_first(measuring, run, worker, status):
    ask()
    Run.objects.filter(pk=run.pk).update(status=status, worker=worker)
    assert not measuring.look()
    assert Measurement.objects.get().status == "waiting"


def test_a_worker_that_is_at_work_measures_nothing(db):
    ask()
    assert not Measuring("here", lambda: True).look()


def test_a_worker_that_has_long_been_idle_measures_the_unknown_cheapest_first(measuring, settings, monkeypatch):
    settings.MEASURE_AFTER_SECONDS = 1
    measuring._idle_since -= 2
    monkeypatch.setattr(Measuring, "_measure", lambda self, row: row.keep(engine(), FOUND))
    while measuring.look():
        pass
    taken = [(row.node, row.preset, row.task) for row in Measurement.objects.order_by("measured_at")]
    cheapest = sorted(zoo.PRESETS.values(), key=lambda preset: preset.gflops)
    assert taken == [("here", preset.name, preset.tasks[0]) for preset in cheapest]


def test_by_itself_nothing_is_measured_where_that_is_switched_off(measuring, settings):
    settings.MEASURE_AFTER_SECONDS = 0
    measuring._idle_since -= 10_000
    assert not measuring.look()
    assert not Measurement.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_engine_is_asked_and_what_it_says_is_kept(measuring):
    ask()
    assert measuring.look()
    row = Measurement.objects.get()
    assert row.status == "measured", row.error
    assert row.predict_speed > row.train_speed > 0
    assert (row.edge, row.engine) == (64, engine())
