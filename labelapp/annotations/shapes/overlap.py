from labelapp.annotations.shapes import reading
from labelapp.formats.bounds import box_around


def require_overlap(shape: str, geometry: dict, width: int, height: int) -> None:
    """
    Raises:
        Problem: the box around the shape does not overlap the image.
    """
    around = box_around(shape, geometry)
    assert around is not None
    x, y, w, h = around
    if x >= width or y >= height or x + w <= 0 or y + h <= 0:
        raise reading.outside("geometry", width, height)
