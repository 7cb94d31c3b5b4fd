import numpy as np
import pytest

from training.engine.data.resize import BAR, resize

WIDE = np.zeros((20, 40, 3), np.uint8)
WIDE[:, 30:] = 255


@pytest.mark.parametrize("mode", ["letterbox", "crop", "stretch"])
@pytest.mark.parametrize("shape", [(20, 40), (40, 20), (1, 300), (32, 32), (5, 5)])
def test_the_result_is_a_square(mode, shape):
    square = resize(np.zeros((*shape, 3), np.uint8), 32, mode)
    assert square.shape == (32, 32, 3)
    assert square.dtype == np.uint8


def test_letterbox_keeps_the_whole_image_between_bars():
    square = resize(WIDE, 40, "letterbox")
    assert (square[:10] == BAR).all()
    assert (square[30:] == BAR).all()
    assert (square[10:30] == WIDE).all()


def test_crop_keeps_the_middle():
    assert resize(WIDE, 20, "crop").max() == 0


def test_stretch_keeps_all_of_the_width():
    square = resize(WIDE, 20, "stretch")
    assert (square[:, :14] == 0).all()
    assert (square[:, 16:] == 255).all()
