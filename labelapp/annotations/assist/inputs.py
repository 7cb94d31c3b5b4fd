"""What may be given to each tool, read and checked before it reaches the process of tools."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations import shapes
from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.problem import Problem
from labelapp.images.models import Image

WITH_AREA = ["box", "rotated_box", "ellipse", "polygon", "mask"]
AROUND = 0.25  # of a box, at each side: strokes may lie there as well
MOST_STROKES, MOST_POINTS, WIDEST = 200, 5000, 4000.0


def read_grabcut(given: dict[str, Any], image: Image) -> dict[str, Any]:
    fields(given, {"box"}, {"shape", "keep", "remove", "about"})
    read: dict[str, Any] = {
        "box": shapes.normalise("box", {"box": given["box"]}, image.width, image.height)["box"],
        "shape": choice(given.get("shape", "mask"), "shape", WITH_AREA),
        "keep": strokes(given.get("keep", []), "keep"),
        "remove": strokes(given.get("remove", []), "remove"),
    }
    if given.get("about") is not None:
        read["about"] = read_shape(given["about"], image)
    return read


def read_shape(given: Any, image: Image) -> dict[str, Any]:
    """A shape that has an area, on this image."""
    fields(given, {"shape", "geometry"})
    shape = choice(given["shape"], "shape", WITH_AREA)
    return {"shape": shape, "geometry": shapes.normalise(shape, given["geometry"], image.width, image.height)}


def read_detect(given: dict[str, Any], _image: Image) -> dict[str, Any]:
    fields(given, {"detector"})
    return {"detector": choice(given["detector"], "detector", ["faces", "plates", "people"])}


READERS: dict[str, Callable[[dict[str, Any], Image], dict[str, Any]]] = {
    "grabcut": read_grabcut, "colour": read_shape, "watershed": read_shape, "template": read_shape,
    "detect": read_detect,
}  # fmt: skip


def region_of(read: dict[str, Any]) -> tuple[float, float, float, float] | None:
    """The part of the image that is looked at; None for all of it."""
    if "box" not in read:
        return None
    x, y, w, h = read["box"]
    return x - w * AROUND, y - h * AROUND, w * (1 + 2 * AROUND), h * (1 + 2 * AROUND)


def strokes(given: Any, field: str) -> list[dict[str, Any]]:
    if not isinstance(given, list) or len(given) > MOST_STROKES:
        raise Problem(field, _("A list of at most {count} strokes is needed here.").format(count=MOST_STROKES))
    return [stroke(each, f"{field}.{index}") for index, each in enumerate(given)]


def stroke(given: Any, field: str) -> dict[str, Any]:
    if not isinstance(given, dict) or set(given) != {"points", "width"}:
        raise Problem(field, _("A stroke must be an object with points and width."))
    points, width = reading.points(given["points"], f"{field}.points"), reading.number(given["width"], f"{field}.width")
    if not 0 < len(points) <= MOST_POINTS:
        raise Problem(f"{field}.points", _("A stroke has 1 to {count} points.").format(count=MOST_POINTS))
    if not 0 < width <= WIDEST:
        raise Problem(f"{field}.width", _("A width in pixels, above 0 and at most {most}.").format(most=int(WIDEST)))
    return {"points": points, "width": width}


def fields(given: Any, needed: set[str], more: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    if not isinstance(given, dict):
        raise Problem("input", _("An object is needed here, such as {example}.").format(example='{"box": []}'))
    for name in sorted(needed - given.keys()):
        raise Problem(name, _("This field is missing."))
    for name in sorted(given.keys() - needed - more):
        raise Problem(name, _("This tool has no such field. Leave it out."))


def choice(given: Any, field: str, among: list[str]) -> str:
    if not isinstance(given, str) or given not in among:
        raise Problem(field, _("One of these is needed here: {names}.").format(names=", ".join(among)))
    return given
