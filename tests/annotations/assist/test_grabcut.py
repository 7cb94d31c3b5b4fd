import numpy as np
import pytest

from labelapp.annotations.assist import grabcut
from labelapp.annotations.assist.geometry import bits_of, counts_of, geometry_of
from tests.annotations.assist.scenes import bits, disc_bits, discs, field, overlap

BOX = [40, 30, 48, 48]  # around a disc of radius 14 at 64, 54


def test_a_mask_of_the_thing_in_a_box():
    (found,) = grabcut.answer(field(discs([(64, 54)])), {"box": BOX, "shape": "mask"})
    assert found["geometry"]["size"] == [120, 160]
    assert overlap(bits(found["geometry"]), disc_bits((64, 54), 14, (160, 120))) > 0.93


@pytest.mark.parametrize("shape", ["box", "rotated_box", "ellipse", "polygon", "mask"])
def test_the_answer_has_the_shape_that_is_asked_for(shape):
    here = field(discs([(64, 54)]))
    (found,) = grabcut.answer(here, {"box": BOX, "shape": shape})
    drawn = bits_of(here, shape, found["geometry"])
    wanted = disc_bits((64, 54), 14, (160, 120))
    assert found["shape"] == shape
    assert overlap(drawn, wanted) > (0.65 if "box" in shape else 0.9)


def test_a_thing_whose_neighbours_have_its_colour_fills_the_box_that_was_drawn_around_it():
    crowd = [(64, 54), (92, 54), (78, 78), (50, 78), (36, 54), (50, 30), (78, 30)]
    (found,) = grabcut.answer(field(discs(crowd)), {"box": [50, 40, 28, 28], "shape": "mask"})
    assert overlap(bits(found["geometry"]), disc_bits((64, 54), 14, (160, 120))) > 0.8


def test_places_are_those_of_the_image_where_pixels_are_fewer():
    (found,) = grabcut.answer(field(discs([(64, 54)]), scale=3.0), {"box": [each * 3 for each in BOX], "shape": "box"})
    x, y, w, h = found["geometry"]["box"]
    assert (x, y) == pytest.approx((150, 120), abs=4)
    assert (w, h) == pytest.approx((87, 87), abs=6)


def test_strokes_take_in_and_leave_out():
    pixels = discs([(50, 54), (90, 54)])
    box = [30, 30, 84, 48]
    both = bits(grabcut.answer(field(pixels), {"box": box, "shape": "mask"})[0]["geometry"])
    stroke = {"points": [[82, 54], [98, 54]], "width": 8}
    one = bits(grabcut.answer(field(pixels), {"box": box, "shape": "mask", "remove": [stroke]})[0]["geometry"])
    assert both[54, 50] == both[54, 90] == one[54, 50] == 1
    assert one[54, 90] == 0
    dot = {"points": [[120, 90]], "width": 6}
    more = bits(grabcut.answer(field(pixels), {"box": box, "shape": "mask", "keep": [dot]})[0]["geometry"])
    assert more[90, 120] == 1


def test_a_box_of_the_whole_image_and_one_of_a_flat_one_do_no_harm():
    whole = {"box": [0, 0, 160, 120], "shape": "mask"}
    (found,) = grabcut.answer(field(discs([(64, 54)])), whole)
    assert bits(found["geometry"])[54, 64] == 1
    assert bits(found["geometry"])[0, 0] == 0
    flat = np.full((120, 160, 3), 80, np.uint8)
    grabcut.answer(field(flat), whole)
    grabcut.answer(field(flat), {"box": [10, 10, 2, 2], "shape": "polygon"})


def test_the_same_box_gives_the_same_answer():
    pixels = discs([(64, 54)])
    answers = [grabcut.answer(field(pixels), {"box": BOX, "shape": "polygon"}) for _each in range(2)]
    assert answers[0] == answers[1]


def test_run_lengths_go_down_the_columns_and_join_across_them():
    assert counts_of(np.ones((2, 3), bool), 0, 0, 3, 2) == [0, 6]
    assert counts_of(np.array([[True, False], [False, True]]), 1, 0, 4, 3) == [3, 1, 3, 1, 4]
    assert counts_of(np.zeros((2, 2), bool), 0, 0, 2, 2) == [4]


def test_outlines_run_along_the_edges_of_pixels():
    drawn = np.zeros((10, 10), np.uint8)
    drawn[2:6, 3:8] = 1
    ((outer,),) = [geometry_of(field(np.zeros((10, 10, 3), np.uint8)), drawn, "polygon")["rings"]]
    xs, ys = [each[0] for each in outer], [each[1] for each in outer]
    assert (min(xs), max(xs), min(ys), max(ys)) == pytest.approx((3, 8, 2, 6), abs=0.2)
