"""What a run will take, said before it is started."""

import pytest

from training.models import Epoch, Measurement, Run, Worker

SPEC = {"task": "classification", "preset": "compact_cnn", "image_size": 64, "epochs": 10}


@pytest.fixture
def planned(as_, owner, version):
    def ask(**fields) -> dict:
        body = {"version": version.pk, "spec": SPEC | fields}
        answer = as_(owner).post("/api/runs/schedule/", body, format="json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    return ask


def measured(preset="compact_cnn", task="classification", edge=64, speed=100.0) -> None:
    (row,) = Measurement.objects.ask("here", [(preset, task)])
    row.keep(
        "abc",
        {
            "device": "", "frame": [edge, edge], "batch_size": 8, "train_images_per_second": speed,
            "predict_images_per_second": 3 * speed, "memory_bytes": 1,
        },
    )  # fmt: skip


def test_nothing_is_said_of_the_time_before_anything_was_measured(planned):
    plan = planned()
    assert plan["seconds"] is None
    assert plan["memory_bytes"] > 2**29
    assert plan["disk_bytes"] > 0
    assert plan["problems"] == []


def test_time_follows_from_what_was_measured_and_the_number_of_images(planned, version):
    measured()
    plan = planned()
    once = version.counts["train"] / 100 + version.counts["validation"] / 300
    after = (version.counts["validation"] + version.counts["test"]) / 300
    assert plan["seconds"] == pytest.approx(15 + 10 * once + after, rel=0.01)
    assert "here" in plan["judged_by"]


def test_twice_the_edge_takes_four_times_as_long(planned):
    measured()
    beside = planned(epochs=1000)["seconds"]
    assert planned(epochs=1000, image_size=128)["seconds"] == pytest.approx(4 * beside, rel=0.05)


def test_another_model_is_scaled_by_its_work(planned):
    measured()
    assert planned(preset="compact_resnet", epochs=1000)["seconds"] > 1.3 * planned(epochs=1000)["seconds"]


def test_a_run_of_the_same_model_knows_better_than_a_measurement(planned, owner, project, version):
    measured()
    run = Run.objects.start(project, owner, version, SPEC)
    Run.objects.filter(pk=run.pk).update(epoch=2)
    Epoch.objects.create(run=run, number=1, images_per_second=10)
    plan = planned()
    assert run.name in plan["judged_by"]
    assert plan["seconds"] > 10 * version.counts["train"] / 10


def test_what_fits_on_no_worker_is_said(planned, db):
    Worker.objects.announce("train@here", node="here", queues=["train"], memory_bytes=2**29, usage={"disk_free": 1000})
    memory, disk = planned()["problems"]
    assert "memory" in memory
    assert "disk" in disk


def test_memory_grows_with_the_classes_of_the_version(planned, version):
    fields = {"task": "segmentation", "preset": "compact_unet", "image_size": 320}
    few = planned(**fields)["memory_bytes"]
    version.counts["classes"] = {f"class {number}": {"train": 9} for number in range(100)}
    version.save(update_fields=["counts"])
    assert planned(**fields)["memory_bytes"] > few + 100 * 2**20
