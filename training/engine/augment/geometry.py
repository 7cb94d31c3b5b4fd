"""Matrices of changes that move pixels, about the centre of the image.

Every geometric augmentation gives one 3x3 matrix; their product is applied to the image once, and can be applied to
boxes and points as well.
"""

import numpy as np


def about_centre(matrix: np.ndarray, height: int, width: int) -> np.ndarray:
    """Returns a matrix about the image's centre as one about its top left pixel.

    Args:
        matrix: shape (3, 3), maps source to target offsets from the centre, in pixels.
        height: of the image, in pixels.
        width: of the image, in pixels.
    """
    centre_x, centre_y = (width - 1) / 2, (height - 1) / 2
    to_centre = np.array([[1, 0, -centre_x], [0, 1, -centre_y], [0, 0, 1]], np.float64)
    back = np.array([[1, 0, centre_x], [0, 1, centre_y], [0, 0, 1]], np.float64)
    return back @ matrix @ to_centre
