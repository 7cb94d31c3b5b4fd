from django.utils.translation import gettext as _

from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.problem import Problem


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Not clipped, since a clipped line may fall into several; its points must lie inside."""
    reading.fields(geometry, {"points"})
    points = [
        list(reading.inside(x, y, width, height, f"geometry.points.{index}"))
        for index, (x, y) in enumerate(reading.points(geometry["points"], "geometry.points"))
    ]
    if len({(x, y) for x, y in points}) < 2:
        raise Problem("geometry.points", _("A line needs at least two different points."))
    return {"points": points}
