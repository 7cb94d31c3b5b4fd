"""Detectors and segmenters on the site: trained in a child, judged, tried, and asked for suggestions."""

import uuid

import cv2
import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from sklearn.datasets import load_digits

from labelapp.annotations.models import Annotation, Suggestion
from labelapp.images import originals
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from tests.training.conftest import frozen_version
from training.models import Model, Prediction

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SPECS = {
    "detection": {"task": "detection", "preset": "compact_detector", "image_size": 64, "epochs": 2, "batch_size": 4},
    "instances": {"task": "instances", "preset": "compact_detector", "image_size": 64, "epochs": 2, "batch_size": 4},
    "segmentation": {"task": "segmentation", "preset": "compact_unet", "image_size": 64, "epochs": 2, "batch_size": 4},
}


def picture(digit, number: int) -> tuple[bytes, list[float]]:
    """A grey picture of 64 x 64 pixels with a digit in it, and the box around that."""
    canvas = np.random.default_rng(number).integers(0, 40, (64, 64), np.uint8)
    x, y = 4 + number % 20, 6 + (3 * number) % 20
    canvas[y : y + 32, x : x + 32] = np.maximum(canvas[y : y + 32, x : x + 32], cv2.resize(digit, (32, 32)))
    return cv2.imencode(".png", canvas)[1].tobytes(), [x, y, 32, 32]


@pytest.fixture
def scenes(project, owner):
    """Twenty labelled pictures and four that nobody has looked at."""
    type(project).objects.filter(pk=project.pk).update(kind="any")
    project.refresh_from_db()
    classes = [LabelClass.objects.add(project, f"digit {each}") for each in range(2)]
    digits = load_digits(n_class=2)
    for number in range(24):
        content, box = picture((digits.images[number] * 15.9).astype(np.uint8), number)
        sha256, size = originals.keep(ContentFile(content))
        image = Image.objects.create(
            project=project, created_by=owner, name=f"{number:02}.png", sha256=sha256, size_bytes=size, width=64,
            height=64, format="PNG", status="labelled" if number < 20 else "new",
        )  # fmt: skip
        if number < 20:
            now = timezone.now()
            Annotation.objects.create(
                id=uuid.uuid4(), image=image, label_class=classes[digits.target[number]], shape="box",
                geometry={"box": box}, created_by=owner, created_at=now, updated_at=now,
            )  # fmt: skip
    return frozen_version(project, owner)


@pytest.fixture
def trained(scenes, start, performing):
    def train(task: str) -> Model:
        run = performing(start(scenes, **SPECS[task])).finish()
        assert run.status == "completed", run.error
        return Model.objects.get(run=run)

    return train


def test_a_detector_is_judged_tried_and_suggests_boxes(trained, as_, owner, project):
    model = trained("detection")
    client = as_(owner)
    metrics = client.get(f"/api/runs/{model.run_id}/metrics/").json()["test"]
    assert {"map", "map50", "errors", "curves", "confusion", "per_class"} <= set(metrics)
    assert metrics["confusion"]["background"] is True
    path = f"/api/runs/{model.run_id}/predictions/"
    page = client.get(path, {"split": "test", "ordering": "-errors"}).json()
    assert page["count"] == metrics["count"]
    row = page["results"][0]
    assert row["size"] == [64, 64]
    wrong = sum(each["kind"] != "right" for each in row["found"])
    assert wrong <= row["errors"] <= wrong + len(row["missed"])
    missed = client.get(path, {"split": "test", "kind": "missed"}).json()["results"]
    assert all(each["missed"] for each in missed)
    assert client.get(path, {"kind": "nonsense"}).status_code == 400

    content, _box = picture((load_digits(n_class=2).images[50] * 15.9).astype(np.uint8), 3)
    large = cv2.resize(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR), (256, 256))
    file = SimpleUploadedFile("a.png", cv2.imencode(".png", large)[1].tobytes(), "image/png")
    (answer,) = client.post(f"/api/models/{model.pk}/predict/", {"file": file, "top": 50}).json()["results"]
    for each in answer["predictions"]:
        assert each["shape"] == "box"
        x, y, width, height = each["geometry"]["box"]
        assert 0 <= x < x + width <= 256
        assert 0 <= y < y + height <= 256

    job = Prediction.objects.start(project, owner, model, {"status": ["new"]}, 0.02)
    job.perform()
    assert job.status == "completed", job.error
    suggested = Suggestion.objects.filter(model=model.pk)
    assert job.counts == {"images": 4, "suggestions": suggested.count(), "failed": 0}
    assert all(each.shape == "box" and each.score >= 0.02 for each in suggested)
    assert client.get(f"/models/{model.pk}/").status_code == 200


def test_masks_of_single_things_are_judged_and_suggested(trained, as_, owner, project):
    model = trained("instances")
    client = as_(owner)
    metrics = client.get(f"/api/runs/{model.run_id}/metrics/").json()["test"]
    assert {"map", "map50", "errors", "curves", "confusion", "per_class"} <= set(metrics)
    page = client.get(f"/api/runs/{model.run_id}/predictions/", {"split": "test", "kind": "missed"}).json()
    for each in page["results"][0]["missed"] if page["results"] else ():
        assert (each["shape"], each["geometry"]["size"]) == ("mask", [64, 64])
    job = Prediction.objects.start(project, owner, model, {"status": ["new"]}, 0.02)
    job.perform()
    assert job.status == "completed", job.error
    suggested = Suggestion.objects.filter(model=model.pk)
    assert job.counts == {"images": 4, "suggestions": suggested.count(), "failed": 0}
    assert all(each.shape == "mask" and each.score >= 0.02 for each in suggested)
    assert 'data-answers="things"' in client.get(f"/models/{model.pk}/").content.decode()


def test_a_segmenter_is_judged_tried_and_suggests_masks(trained, as_, owner, project):
    model = trained("segmentation")
    client = as_(owner)
    metrics = client.get(f"/api/runs/{model.run_id}/metrics/").json()["test"]
    assert {"miou", "dice", "dice_per_image", "confusion", "per_class"} <= set(metrics)
    page = client.get(f"/api/runs/{model.run_id}/predictions/", {"split": "test", "ordering": "iou"}).json()
    assert [each["iou"] for each in page["results"]] == sorted(each["iou"] for each in page["results"])
    job = Prediction.objects.start(project, owner, model, {"status": ["new"]}, 0.0)
    job.perform()
    assert job.status == "completed", job.error
    for each in Suggestion.objects.filter(model=model.pk):
        assert each.shape == "mask"
        assert each.geometry["size"] == [64, 64]


def test_a_detection_without_boxes_fails_with_a_reason(version, start, performing):
    run = performing(start(version, **SPECS["detection"])).finish()
    assert (run.status, run.error["code"]) == ("failed", "too_few_images")
    assert "no boxes" in run.error["message"]
