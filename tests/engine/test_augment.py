import numpy as np
import pytest

from training.engine import augment
from training.engine.augment.pipeline import Pipeline
from training.engine.augment.settings import AugmentationSettings

NOTHING = dict.fromkeys(("rotate", "zoom", "translate", "brightness", "contrast", "saturation"), 0)
PHOTO = np.random.default_rng(3).integers(0, 256, (24, 32, 3), np.uint8)
EVERYTHING = AugmentationSettings(horizontal_flip=0.5, vertical_flip=0.5, shear=5, hue=0.2, blur=0.5, noise=0.1,
                                  cutout=0.5)  # fmt: skip


def only(**fields):
    return AugmentationSettings(**{**NOTHING, **fields})


def test_the_same_seed_gives_the_same_image():
    assert (augment.preview(PHOTO, EVERYTHING, 7) == augment.preview(PHOTO, EVERYTHING, 7)).all()


def test_another_seed_gives_another_image():
    assert (augment.preview(PHOTO, EVERYTHING, 7) != augment.preview(PHOTO, EVERYTHING, 8)).any()


def test_shape_and_type_stay():
    changed = augment.preview(PHOTO, EVERYTHING, 1)
    assert changed.shape == PHOTO.shape
    assert changed.dtype == np.uint8


def test_the_image_given_is_left_alone():
    before = PHOTO.copy()
    augment.preview(PHOTO, EVERYTHING, 2)
    assert (before == PHOTO).all()


def test_nothing_asked_nothing_changed():
    assert not Pipeline(only()).changes
    assert (augment.preview(PHOTO, only(), 1) == PHOTO).all()


def test_switched_off_nothing_changes():
    assert not Pipeline(AugmentationSettings(enabled=False)).changes


def test_a_certain_horizontal_flip_mirrors():
    assert (augment.preview(PHOTO, only(horizontal_flip=1), 0) == PHOTO[:, ::-1]).all()


def test_a_certain_vertical_flip_mirrors():
    assert (augment.preview(PHOTO, only(vertical_flip=1), 0) == PHOTO[::-1]).all()


def test_by_default_nothing_is_mirrored():
    settings = AugmentationSettings()
    assert settings.horizontal_flip == settings.vertical_flip == 0


@pytest.mark.parametrize(
    "name", ["rotate", "zoom", "translate", "shear", "brightness", "contrast", "saturation", "hue", "noise"]
)
def test_every_amount_changes_the_image(name):
    amount = {"rotate": 20, "shear": 20}.get(name, 0.3)
    assert (augment.preview(PHOTO, only(**{name: amount}), 1) != PHOTO).any()


@pytest.mark.parametrize("name", ["blur", "cutout"])
def test_a_share_decides_how_many_images_change(name):
    changed = sum((augment.preview(PHOTO, only(**{name: 0.5}), seed) != PHOTO).any() for seed in range(60))
    assert 15 < changed < 45


def test_a_shift_moves_no_further_than_asked():
    dot = np.zeros((41, 41, 3), np.uint8)
    dot[20, 20] = 255
    for seed in range(20):
        rows, columns = np.nonzero(augment.preview(dot, only(translate=0.1), seed)[..., 0])
        assert np.abs(rows - 20).max() <= 5
        assert np.abs(columns - 20).max() <= 5
