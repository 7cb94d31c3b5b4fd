import numpy as np
import pytest

from training.engine.augment.pipeline import Pipeline
from training.engine.augment.settings import AugmentationSettings
from training.engine.data.bounds import bounds
from training.engine.data.boxes import Boxes
from training.engine.data.frame import Frame
from training.engine.data.index_map import NOTHING, OUTSIDE, IndexMap
from training.engine.data.rasterise import of_runs, rasterised, runs_of

MOVES = AugmentationSettings(horizontal_flip=0.5, vertical_flip=0.5, rotate=0, zoom=0.3, translate=0.2, brightness=0,
                             contrast=0, saturation=0)  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "geometry", "expected"),
    [
        ("box", {"box": [10, 20, 30, 40]}, (10, 20, 40, 60)),
        ("rotated_box", {"box": [10, 20, 40, 20], "angle": 90}, (20, 10, 40, 50)),
        ("polygon", {"rings": [[[1, 2], [9, 4], [5, 8]], [[3, 3], [4, 3], [4, 4]]]}, (1, 2, 9, 8)),
        ("polyline", {"points": [[1, 2], [9, 4]]}, (1, 2, 9, 4)),
        ("keypoints", {"points": [[0, 0, 0], [3, 4, 2], [7, 5, 1]]}, (3, 4, 7, 5)),
        ("ellipse", {"center": [10, 10], "radii": [4, 2], "angle": 90}, (8, 6, 12, 14)),
        ("tag", {}, None),
        ("keypoints", {"points": [[0, 0, 0]]}, None),
    ],
)
def test_any_shape_has_a_box_around_it(shape, geometry, expected):
    found = bounds(shape, geometry)
    assert found == (expected and pytest.approx(expected))


def test_the_box_around_a_mask_is_that_of_its_pixels():
    rng = np.random.default_rng(0)
    for _time in range(50):
        mask = rng.random((7, 9)) < 0.15
        if mask.any():
            rows, columns = np.nonzero(mask)
            expected = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
            assert bounds("mask", runs_of(mask)) == expected


@pytest.mark.parametrize("seed", range(12))
def test_boxes_move_with_their_image(seed):
    """A white block lies inside its moved box, and fills it."""
    image = np.zeros((80, 120, 3), np.uint8)
    image[30:50, 40:70] = 255
    changed, matrix = Pipeline(MOVES).change(image, np.random.default_rng(seed))
    seen = np.argwhere(changed[:, :, 0] > 127)
    moved = Boxes.of([[40, 30, 70, 50]], [0]).mapped(matrix).inside(80, 120)
    if not len(seen):
        return
    assert [*seen.min(axis=0)[::-1], *(seen.max(axis=0)[::-1] + 1)] == pytest.approx(moved.xyxy[0], abs=1.01)


@pytest.mark.parametrize("seed", range(6))
def test_class_maps_move_with_their_image(seed):
    image = np.zeros((80, 120, 3), np.uint8)
    image[30:50, 40:70] = 255
    changed, matrix = Pipeline(MOVES).change(image, np.random.default_rng(seed))
    moved = IndexMap.of((image[:, :, 0] > 0).astype(np.uint8)).mapped(matrix, Frame(80, 120)).pixels
    inside = moved != OUTSIDE
    assert ((changed[:, :, 0] > 127) == (moved == 1))[inside].mean() > 0.985


def test_what_is_left_of_a_box_must_show_what_it_is():
    boxes = Boxes.of([[-90, 0, 10, 10], [-10, 0, 10, 10], [5, 5, 5.2, 9]], [0, 1, 2])
    assert boxes.inside(20, 20).classes.tolist() == [1]


def test_the_highest_shape_is_on_top_and_holes_stay_open():
    outer, hole = [[0, 0], [8, 0], [8, 8], [0, 8]], [[2, 2], [6, 2], [6, 6], [2, 6]]
    shapes = [(0, "polygon", {"rings": [outer, hole]}), (1, "box", {"box": [0, 0, 2, 8]}), (2, "tag", {})]
    pixels = rasterised(shapes, Frame(9, 10))
    expected = np.full((9, 10), NOTHING)
    expected[:8, :8] = 0
    expected[2:6, 2:6] = NOTHING
    expected[:8, :2] = 1
    assert (pixels == expected).all()


def test_a_shape_has_the_pixels_whose_middle_lies_in_it():
    rng = np.random.default_rng(4)
    for _time in range(30):
        ring = (rng.random((6, 2)) * [50, 40] - 5).tolist()
        pixels = rasterised([(0, "polygon", {"rings": [ring]})], Frame(30, 40)) == 0
        down, across = np.mgrid[0:30, 0:40] + 0.5
        inside = np.zeros((30, 40), bool)
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crosses = (y0 <= down) != (y1 <= down)
            inside ^= crosses & (across > x0 + (down - y0) * (x1 - x0) / (y1 - y0))
        assert (pixels == inside).mean() > 0.999


def test_masks_come_back_from_their_runs():
    mask = np.random.default_rng(1).random((13, 7)) < 0.5
    assert (of_runs(runs_of(mask)) == mask).all()
