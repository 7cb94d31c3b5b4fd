"""Images that others join: what is on them stays where it is seen, and chance follows from the moment alone."""

import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine.augment.company import Company
from training.engine.augment.pipeline import Pipeline
from training.engine.augment.settings import AugmentationSettings
from training.engine.data.augmented import AugmentedSamples
from training.engine.data.boxes import Boxes
from training.engine.data.entries import as_entries
from training.engine.data.features import Features
from training.engine.data.frame import Frame
from training.engine.data.index_map import IndexMap
from training.engine.data.samples import Moment, Samples
from training.engine.data.version import LabelClass
from training.engine.spec import RunSpec, field_errors
from training.engine.tasks import task_for

FRAME = Frame(64, 96)
CLASSES = [LabelClass(number, str(number), "#888888") for number in (1, 2, 3)]
STILL = dict.fromkeys(("rotate", "zoom", "translate", "brightness", "contrast", "saturation"), 0)
EPOCHS = 20


def squares(count=12):
    """Black images with a square each, in the colour of its class."""
    rng = np.random.default_rng(1)
    images, boxes, maps = [], [], []
    for number in range(count):
        left, top, label = int(rng.integers(0, 66)), int(rng.integers(0, 34)), number % 3
        image, indices = np.zeros((*FRAME, 3), np.uint8), np.full(FRAME, 254, np.uint8)
        image[top : top + 30, left : left + 30, label] = 255
        indices[top : top + 30, left : left + 30] = label
        images.append(image)
        boxes.append(Boxes.of([[left, top, left + 30, top + 30]], [label]))
        maps.append(IndexMap.of(indices))
    return np.stack(images), as_entries(boxes), as_entries(maps)


def samples_of(name, inputs, targets, epochs=EPOCHS, weights=None, **augmentation):
    task = task_for(name, CLASSES)
    settings = AugmentationSettings.model_validate({**STILL, **augmentation})
    plain = Samples(Features(inputs), targets, lambda chosen: task.encode(chosen, FRAME), weights)
    return AugmentedSamples(plain, task, Pipeline(settings), Company(settings, epochs))


@pytest.mark.parametrize("more", [{}, {"horizontal_flip": 0.5, "zoom": 0.4, "translate": 0.2}])
def test_boxes_of_a_mosaic_lie_around_their_pixels(more):
    images, boxes, _maps = squares()
    changed = samples_of("detection", images, boxes, mosaic=1, **more)
    found = 0
    for index in range(12):
        each = changed.changed(index, Moment(0, 1))
        for (left, top, right, bottom), label in zip(each.target.xyxy, each.target.classes, strict=True):
            inside = each.image[int(top) : int(bottom) + 1, int(left) : int(right) + 1].astype(int)
            own = inside[..., label] > inside.sum(axis=-1) - inside[..., label] + 20
            assert own.mean() > 0.8
            found += 1
    assert found > 20


def test_the_map_of_a_mosaic_is_that_of_its_pixels():
    images, _boxes, maps = squares()
    changed = samples_of("segmentation", images, maps, mosaic=1)
    for index in range(12):
        each = changed.changed(index, Moment(0, 1))
        seen = np.where(each.image.max(axis=-1) > 127, each.image.argmax(axis=-1), 254)
        assert (seen == each.target.pixels).mean() > 0.97


def test_a_mosaic_follows_from_the_moment_and_shows_several_images():
    images, boxes, _maps = squares()
    changed = samples_of("detection", images, boxes, mosaic=1)
    assert (changed.changed(3, Moment(0, 1)).image == changed.changed(3, Moment(0, 1)).image).all()
    assert (changed.changed(3, Moment(0, 1)).image != changed.changed(3, Moment(0, 2)).image).any()
    assert max(len(changed.changed(index, Moment(0, 1)).target) for index in range(12)) >= 3


def test_images_are_whole_again_in_the_last_epochs():
    images, boxes, _maps = squares()
    changed = samples_of("detection", images, boxes, mosaic=1)
    joined = [(changed.changed(0, Moment(0, epoch)).image != images[0]).any() for epoch in range(EPOCHS)]
    assert joined == [True] * 17 + [False] * 3


@pytest.mark.parametrize("mix", ["mixup", "cutmix"])
@pytest.mark.parametrize("task", ["classification", "multilabel"])
def test_answers_are_mixed_as_pixels_are(mix, task):
    """Images are all of one colour, by class: what is seen of each colour is the answer wanted."""
    labels = np.arange(9) % 3
    images = np.broadcast_to((255 * np.eye(3, dtype=np.uint8)[labels])[:, None, None], (9, 40, 40, 3))
    targets = labels if task == "classification" else np.eye(3, dtype=np.float32)[labels]
    weights = np.array([1.0, 2.0, 3.0])[labels]
    batch = samples_of(task, images, targets, weights=weights, mixup_alpha=1, **{mix: 1}).take(
        np.arange(9), Moment(0, 0)
    )
    seen = batch.inputs.mean(axis=(1, 2)) / 255
    assert batch.targets == pytest.approx(seen, abs=0.01)
    assert batch.weights == pytest.approx(seen @ [1.0, 2.0, 3.0], abs=0.03)
    assert (batch.targets.max(axis=1) < 0.95).sum() >= 3


def test_both_mixtures_share_what_they_are_asked_for():
    settings = AugmentationSettings(mixup=1, cutmix=1)
    rng, company = np.random.default_rng(0), Company(settings, 1)
    names = [type(company.within(rng)).__name__ for _ in range(200)]
    assert 70 < names.count("MixUp") < 130
    assert "NoneType" not in names


def test_step_figures_take_mixed_answers():
    for name in ("classification", "multilabel"):
        [metric] = task_for(name, CLASSES).metrics()
        metric.update_state(np.array([[0.7, 0.3, 0.0]]), np.array([[2.0, -1.0, -1.0]]))
        assert float(metric.result()) == 1


@pytest.mark.parametrize(
    ("task", "name"), [("classification", "mosaic"), ("detection", "mixup"), ("detection", "cutmix")]
)
def test_what_a_task_has_no_use_for_is_refused(task, name):
    with pytest.raises(ValueError, match="makes no use of it") as refused:
        RunSpec(task=task, augmentation={name: 0.5})
    assert list(field_errors(refused.value)) == [f"augmentation.{name}"]


def test_a_training_with_mixed_images_and_balanced_classes_learns(run, version):
    spec = tiny(epochs=6, sampling="balanced", augmentation={**STILL, "mixup": 0.5, "cutmix": 0.5})
    metrics = run(spec, version).result["metrics"]
    assert metrics["test"]["accuracy"] >= 0.7
