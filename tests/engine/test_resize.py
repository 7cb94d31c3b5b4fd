import numpy as np
import pytest

from training.engine.data.frame import Frame, fitted, placement
from training.engine.data.resize import BAR, resize

WIDE = np.zeros((20, 40, 3), np.uint8)
WIDE[:, 30:] = 255


@pytest.mark.parametrize("mode", ["letterbox", "crop", "stretch"])
@pytest.mark.parametrize("shape", [(20, 40), (40, 20), (1, 300), (32, 32), (5, 5)])
def test_the_result_is_a_square(mode, shape):
    square = resize(np.zeros((*shape, 3), np.uint8), Frame.square(32), mode)
    assert square.shape == (32, 32, 3)
    assert square.dtype == np.uint8


def test_letterbox_keeps_the_whole_image_between_bars():
    square = resize(WIDE, Frame.square(40), "letterbox")
    assert (square[:10] == BAR).all()
    assert (square[30:] == BAR).all()
    assert (square[10:30] == WIDE).all()


def test_crop_keeps_the_middle():
    assert resize(WIDE, Frame.square(20), "crop").max() == 0


def test_stretch_keeps_all_of_the_width():
    square = resize(WIDE, Frame.square(20), "stretch")
    assert (square[:, :14] == 0).all()
    assert (square[:, 16:] == 255).all()


@pytest.mark.parametrize("mode", ["letterbox", "crop", "stretch"])
@pytest.mark.parametrize("frame", [Frame(32, 64), Frame(64, 32), Frame.square(48)])
def test_places_go_where_their_pixels_go(mode, frame):
    """A white block in a black image lies where the matrix takes its corners."""
    image = np.zeros((120, 200, 3), np.uint8)
    image[40:80, 80:120] = 255
    seen = np.argwhere(resize(image, frame, mode)[:, :, 0] > 200)
    matrix = placement(200, 120, frame, mode).matrix
    left, top, _one = matrix @ [80, 40, 1]
    right, bottom, _one = matrix @ [120, 80, 1]
    assert seen.min(axis=0) == pytest.approx([top, left], abs=1.01)
    assert seen.max(axis=0) + 1 == pytest.approx([bottom, right], abs=1.01)


def test_a_frame_has_the_proportions_of_most_images():
    assert fitted(320, [(640, 480), (640, 480), (100, 900)]) == (256, 320)
    assert fitted(320, [(480, 640)] * 2) == (320, 256)
    assert fitted(96, []) == (96, 96)
