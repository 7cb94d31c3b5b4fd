from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.overlap import require_overlap


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Not clipped, since a clipped ellipse is none; it must overlap the image."""
    reading.fields(geometry, {"center", "radii"}, frozenset({"angle"}))
    center = reading.numbers(geometry["center"], "geometry.center", 2)
    radii = reading.numbers(geometry["radii"], "geometry.radii", 2)
    for index, radius in enumerate(radii):
        reading.positive(radius, f"geometry.radii.{index}")
    stored = {"center": center, "radii": radii, "angle": reading.angle(geometry)}
    require_overlap("ellipse", stored, width, height)
    return stored
