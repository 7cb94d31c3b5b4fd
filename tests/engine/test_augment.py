import numpy as np
import pytest

from training.engine.augment.pipeline import Pipeline
from training.engine.augment.settings import AugmentationSettings
from training.engine.data.boxes import Boxes

NOTHING = dict.fromkeys(("rotate", "zoom", "translate", "brightness", "contrast", "saturation"), 0)
PHOTO = np.random.default_rng(3).integers(0, 256, (24, 32, 3), np.uint8)
EVERYTHING = AugmentationSettings(horizontal_flip=0.5, vertical_flip=0.5, shear=5, hue=0.2, blur=0.5, noise=0.1,
                                  cutout=0.5)  # fmt: skip


def preview(image, settings, seed):
    return Pipeline(settings).change(image, np.random.default_rng(seed))[0]


def only(**fields):
    return AugmentationSettings(**{**NOTHING, **fields})


def test_the_same_seed_gives_the_same_image():
    assert (preview(PHOTO, EVERYTHING, 7) == preview(PHOTO, EVERYTHING, 7)).all()


def test_another_seed_gives_another_image():
    assert (preview(PHOTO, EVERYTHING, 7) != preview(PHOTO, EVERYTHING, 8)).any()


def test_shape_and_type_stay():
    changed = preview(PHOTO, EVERYTHING, 1)
    assert changed.shape == PHOTO.shape
    assert changed.dtype == np.uint8


def test_the_image_given_is_left_alone():
    before = PHOTO.copy()
    preview(PHOTO, EVERYTHING, 2)
    assert (before == PHOTO).all()


def test_nothing_asked_nothing_changed():
    assert not Pipeline(only()).changes
    assert (preview(PHOTO, only(), 1) == PHOTO).all()


def test_switched_off_nothing_changes():
    assert not Pipeline(AugmentationSettings(enabled=False)).changes


def test_a_certain_horizontal_flip_mirrors():
    assert (preview(PHOTO, only(horizontal_flip=1), 0) == PHOTO[:, ::-1]).all()


def test_a_certain_vertical_flip_mirrors():
    assert (preview(PHOTO, only(vertical_flip=1), 0) == PHOTO[::-1]).all()


def test_by_default_nothing_is_mirrored():
    settings = AugmentationSettings()
    assert settings.horizontal_flip == settings.vertical_flip == 0


@pytest.mark.parametrize(
    "name", ["rotate", "zoom", "translate", "shear", "brightness", "contrast", "saturation", "hue", "noise"]
)
def test_every_amount_changes_the_image(name):
    amount = {"rotate": 20, "shear": 20}.get(name, 0.3)
    assert (preview(PHOTO, only(**{name: amount}), 1) != PHOTO).any()


@pytest.mark.parametrize("name", ["blur", "cutout"])
def test_a_share_decides_how_many_images_change(name):
    changed = sum((preview(PHOTO, only(**{name: 0.5}), seed) != PHOTO).any() for seed in range(60))
    assert 15 < changed < 45


def test_a_shift_moves_no_further_than_asked():
    dot = np.zeros((41, 41, 3), np.uint8)
    dot[20, 20] = 255
    for seed in range(20):
        rows, columns = np.nonzero(preview(dot, only(translate=0.1), seed)[..., 0])
        assert np.abs(rows - 20).max() <= 5
        assert np.abs(columns - 20).max() <= 5


def test_a_negative_is_the_opposite_of_every_pixel():
    assert (preview(PHOTO, only(invert=1), 0) == 255 - PHOTO).all()


def test_without_colours_all_channels_are_the_same():
    changed = preview(PHOTO, only(grayscale=1), 0)
    assert (changed == changed[..., :1]).all()


def test_equalised_images_reach_from_black_to_white():
    dull = (PHOTO // 8 + 100).astype(np.uint8)
    changed = preview(dull, only(equalise=1), 0)
    assert changed.min() < 20
    assert changed.max() > 235


@pytest.mark.parametrize("operations", [1, 3])
def test_drawn_changes_are_those_of_the_seed(operations):
    settings = only(rand_augment=operations)
    changed = [preview(PHOTO, settings, seed) for seed in range(12)]
    assert all((again == preview(PHOTO, settings, seed)).all() for seed, again in enumerate(changed))
    assert len({each.tobytes() for each in changed}) > 6
    assert not Pipeline(only(rand_augment=operations, rand_augment_magnitude=0)).changes


def test_boxes_go_where_drawn_changes_move_their_pixels():
    square = np.zeros((64, 96, 3), np.uint8)
    square[20:40, 30:60] = 255
    boxes = Boxes.of([[30, 20, 60, 40]], [0])
    for seed in range(20):
        image, matrix = Pipeline(only(rand_augment=3, horizontal_flip=0.5)).change(square, np.random.default_rng(seed))
        rows, columns = np.nonzero(image[..., 0] > image.max() / 2)
        around = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        assert boxes.mapped(matrix).inside(64, 96).xyxy[0] == pytest.approx(around, abs=3)
