"""How much shapes overlap, against what geometry says. No database."""

import math

import numpy as np
import pytest

from labelapp.annotations.consensus.overlap import Area, iou_matrix


def area(shape, **geometry) -> Area:
    return Area({"shape": shape, "geometry": geometry})


def box(x, y, w, h) -> Area:
    return area("box", box=[x, y, w, h])


def polygon(*rings) -> Area:
    return area("polygon", rings=[list(map(list, ring)) for ring in rings])


def square(x, y, side) -> list:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def iou(one, other) -> float:
    return float(iou_matrix([one], [other])[0, 0])


def test_boxes_are_exact():
    assert iou(box(0, 0, 10, 10), box(5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert iou(box(0, 0, 10, 10), box(10, 0, 10, 10)) == 0
    assert iou(box(0.25, 0.5, 3, 2), box(0.25, 0.5, 3, 2)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (polygon(square(0, 0, 100)), box(0, 0, 100, 100), 1),
        (polygon(square(0, 0, 100)), polygon(square(50, 0, 100)), 1 / 3),
        (polygon(square(0, 0, 100), square(25, 25, 50)), polygon(square(0, 0, 100)), 0.75),
        (area("ellipse", center=[50, 50], radii=[40, 40], angle=0), box(10, 10, 80, 80), math.pi / 4),
        (area("rotated_box", box=[10, 10, 80, 40], angle=90), box(30, -10, 40, 80), 1),
        (area("rotated_box", box=[0, 0, 100, 100], angle=45), box(0, 0, 100, 100), 0.7071),
        (polygon(square(0, 0, 4000)), polygon(square(1000, 0, 4000)), 0.6),
        (polygon(square(0.1, 0.1, 0.8)), polygon(square(0.1, 0.1, 0.8)), 1),
    ],
)
def test_other_areas_are_right_within_two_hundredths(one, other, expected):
    assert iou(one, other) == pytest.approx(expected, abs=0.02)
    assert iou(other, one) == pytest.approx(iou(one, other))


def mask(pixels: np.ndarray) -> Area:
    flat = pixels.T.reshape(-1)
    edges = np.flatnonzero(np.diff(flat)) + 1
    counts = np.diff([0, *edges, len(flat)]).tolist()
    return area("mask", size=list(pixels.shape), counts=counts if flat[0] == 0 else [0, *counts])


def test_masks_are_counted_by_pixels():
    pixels = np.zeros((60, 90), np.uint8)
    pixels[10:30, 20:60] = 1
    other = np.zeros_like(pixels)
    other[10:30, 40:80] = 1
    assert iou(mask(pixels), mask(pixels)) == 1
    assert iou(mask(pixels), mask(other)) == pytest.approx(1 / 3, abs=0.02)
    assert iou(mask(pixels), box(20, 10, 40, 20)) == pytest.approx(1, abs=0.02)


def test_lines_are_compared_with_lines_only():
    line = area("polyline", points=[[0, 0], [100, 0]])
    assert iou(line, area("polyline", points=[[0, 0], [100, 0]])) == 1
    assert iou(line, area("polyline", points=[[0, 50], [100, 50]])) == 0
    assert iou(line, box(0, -5, 100, 10)) == 0


def test_keypoints_count_by_their_distance_and_by_what_is_missing():
    points = [[0, 0, 2], [100, 0, 2], [100, 100, 1], [0, 0, 0]]
    moved = [[10, 0, 2], [100, 0, 2], [100, 100, 1], [0, 0, 0]]
    fewer = [[0, 0, 2], [100, 0, 2], [0, 0, 0], [0, 0, 0]]
    one = area("keypoints", points=points)
    assert iou(one, one) == 1
    assert iou(one, area("keypoints", points=moved)) == pytest.approx((2 + math.exp(-0.5)) / 3)
    assert iou(one, area("keypoints", points=fewer)) == pytest.approx(2 / 3)
