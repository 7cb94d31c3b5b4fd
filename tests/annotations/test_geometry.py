import json
import math
import random

import pytest

from labelapp.annotations.shapes import SHAPES, Problem, bounds, normalise
from labelapp.annotations.shapes.polygon import area

WIDTH, HEIGHT = 100, 80


def refused(shape: str, geometry) -> Problem:
    with pytest.raises(Problem) as problem:
        normalise(shape, geometry, WIDTH, HEIGHT)
    assert problem.value.field.startswith("geometry")
    assert problem.value.message
    return problem.value


def mask(*counts) -> dict:
    return {"size": [HEIGHT, WIDTH], "counts": [*counts, HEIGHT * WIDTH - sum(counts)]}


def test_what_nobody_can_see_is_no_shape():
    assert refused("box", {"box": [0, 0, 1e-320, 1]}).field == "geometry.box.2"


def test_a_ring_that_crosses_itself_into_equal_halves_is_told_so():
    assert "crosses itself" in refused("polygon", {"rings": [[[0, 0], [9, 9], [9, 0], [0, 9]]]}).message


@pytest.mark.parametrize(
    ("shape", "sent", "stored"),
    [
        ("tag", {}, {}),
        ("box", {"box": [1, 2, 3, 4]}, {"box": [1.0, 2.0, 3.0, 4.0]}),
        ("box", {"box": [-10, -5, 30, 20]}, {"box": [0.0, 0.0, 20.0, 15.0]}),
        ("box", {"box": [90, 70, 30, 20]}, {"box": [90.0, 70.0, 10.0, 10.0]}),
        ("rotated_box", {"box": [1, 2, 3, 4]}, {"box": [1.0, 2.0, 3.0, 4.0], "angle": 0.0}),
        ("rotated_box", {"box": [1, 2, 3, 4], "angle": -90}, {"box": [1.0, 2.0, 3.0, 4.0], "angle": 270.0}),
        ("polygon", {"rings": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}, {"rings": [[[0, 0], [9, 0], [9, 9]]]}),
        ("polyline", {"points": [[-0.5, 0], [100.4, 80]]}, {"points": [[0, 0], [100, 80]]}),
        ("keypoints", {"points": [[1, 2, 2], [500, 9, 0]]}, {"points": [[1, 2, 2], [0, 0, 0]]}),
        (
            "ellipse",
            {"center": [5, 5], "radii": [2, 3], "angle": 360},
            {"center": [5, 5], "radii": [2, 3], "angle": 0},
        ),
        ("mask", mask(5, 3), mask(5, 3)),
        ("mask", mask(5, 3, 0, 4), mask(5, 7)),
        ("mask", mask(0, 3), mask(0, 3)),
    ],
)
def test_what_is_stored(shape, sent, stored):
    assert normalise(shape, sent, WIDTH, HEIGHT) == stored


@pytest.mark.parametrize(
    ("shape", "geometry", "field"),
    [
        ("tag", {"box": [1, 2, 3, 4]}, "geometry.box"),
        ("box", {}, "geometry.box"),
        ("box", {"box": [1, 2, 3, 4], "angle": 0}, "geometry.angle"),
        ("box", {"box": [1, 2, 3]}, "geometry.box"),
        ("box", {"box": [1, 2, 0, 4]}, "geometry.box.2"),
        ("box", {"box": [1, 2, 3, -4]}, "geometry.box.3"),
        ("box", {"box": [1, 2, "3", 4]}, "geometry.box.2"),
        ("box", {"box": [1, True, 3, 4]}, "geometry.box.1"),
        ("box", {"box": [math.nan, 2, 3, 4]}, "geometry.box.0"),
        ("box", {"box": [1, math.inf, 3, 4]}, "geometry.box.1"),
        ("box", {"box": [10**400, 2, 3, 4]}, "geometry.box.0"),
        ("box", {"box": [100, 2, 3, 4]}, "geometry.box"),
        ("rotated_box", {"box": [1, 2, 3, 4], "angle": None}, "geometry.angle"),
        ("rotated_box", {"box": [200, 2, 3, 4], "angle": 5}, "geometry"),
        ("polygon", {"rings": []}, "geometry.rings"),
        ("polygon", {"rings": [[[0, 0], [1, 1], [0, 0], [1, 1]]]}, "geometry.rings.0"),
        ("polygon", {"rings": [[[0, 0], [1, 1], [2, 2]]]}, "geometry.rings.0"),
        ("polygon", {"rings": [[[0, 0], [9, 0], [9, 9]], [[1, 1]]]}, "geometry.rings.1"),
        ("polygon", {"rings": [[[200, 0], [209, 0], [209, 9]]]}, "geometry.rings.0"),
        ("polygon", {"rings": [[[0, 0], [9], [9, 9]]]}, "geometry.rings.0.1"),
        ("polyline", {"points": [[1, 1], [1, 1]]}, "geometry.points"),
        ("polyline", {"points": [[1, 1], [1, 99]]}, "geometry.points.1"),
        ("keypoints", {"points": [[1, 1, 0]]}, "geometry.points"),
        ("keypoints", {"points": [[1, 1, 3]]}, "geometry.points.0.2"),
        ("keypoints", {"points": [[1, 1]]}, "geometry.points.0"),
        ("keypoints", {"points": [[1, 200, 1]]}, "geometry.points.0"),
        ("ellipse", {"center": [5, 5], "radii": [0, 3]}, "geometry.radii.0"),
        ("ellipse", {"center": [500, 5], "radii": [1, 3]}, "geometry"),
        ("mask", {"size": [WIDTH, HEIGHT], "counts": [8000]}, "geometry.size"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [1, 2, 3]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [8000]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [-1, 8001]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [1.5, 7998.5]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": "abc"}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [True, 7999]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [7999, None, 1]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": {}}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": []}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [0, 10**30]}, "geometry.counts"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [0] * 8002 + [8000]}, "geometry.counts"),
        ("mask", {"size": "80x100", "counts": [0, 8000]}, "geometry.size"),
        ("mask", {"size": [HEIGHT, WIDTH], "counts": [0, 8000], "box": []}, "geometry.box"),
        ("mask", {"counts": [0, 8000]}, "geometry.size"),
        *((shape, wrong, "geometry") for shape in SHAPES for wrong in ([], None, "x", 3)),
    ],
)
def test_what_is_refused(shape, geometry, field):
    assert refused(shape, geometry).field == field


def rings(draw: random.Random, point) -> list:
    return [[point() for _ in range(draw.randrange(2, 9))] for _ in range(draw.randrange(1, 4))]


def random_geometry(shape: str, draw: random.Random) -> dict:
    def x():
        return draw.choice([draw.uniform(-50, 150), draw.randrange(-5, 105)])

    def point():
        return [x(), x()]

    return {
        "tag": dict,
        "box": lambda: {"box": [x(), x(), x(), x()]},
        "rotated_box": lambda: {"box": [x(), x(), x(), x()], "angle": draw.uniform(-900, 900)},
        "polygon": lambda: {"rings": rings(draw, point)},
        "polyline": lambda: {"points": [point() for _ in range(draw.randrange(4))]},
        "keypoints": lambda: {"points": [[*point(), draw.randrange(4)] for _ in range(draw.randrange(4))]},
        "ellipse": lambda: {"center": point(), "radii": [x(), x()], "angle": draw.uniform(-900, 900)},
        "mask": lambda: mask(*(draw.randrange(300) for _ in range(draw.randrange(20)))),
    }[shape]()  # fmt: skip


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_whatever_is_sent_is_stored_soundly_or_refused_by_name(shape):
    """Stored geometry is stored unchanged when sent again, is JSON, and lies where its shape promises."""
    draw = random.Random(shape)
    kept = 0
    for _ in range(500):
        try:
            stored = normalise(shape, random_geometry(shape, draw), WIDTH, HEIGHT)
        except Problem:
            continue
        kept += 1
        assert normalise(shape, json.loads(json.dumps(stored)), WIDTH, HEIGHT) == stored
        around = bounds(shape, stored)
        if shape in {"box", "polygon", "polyline", "keypoints", "mask"}:
            left, top, width, height = around
            assert left >= 0
            assert top >= 0
            assert left + width <= WIDTH + 1e-9
            assert top + height <= HEIGHT + 1e-9
    assert kept > 20


def test_a_polygon_is_clipped_without_losing_area_inside():
    stored = normalise("polygon", {"rings": [[[50, 40], [150, 40], [150, 140], [50, 140]]]}, WIDTH, HEIGHT)
    assert area(stored["rings"][0]) == pytest.approx(50 * 40)
