from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.overlap import require_overlap


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Not clipped, since a clipped rotated box is none; it must overlap the image."""
    reading.fields(geometry, {"box"}, frozenset({"angle"}))
    x, y, w, h = reading.numbers(geometry["box"], "geometry.box", 4)
    reading.positive(w, "geometry.box.2")
    reading.positive(h, "geometry.box.3")
    stored = {"box": [x, y, w, h], "angle": reading.angle(geometry)}
    require_overlap("rotated_box", stored, width, height)
    return stored
