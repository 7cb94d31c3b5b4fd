"""The skeleton of a COCO category: names of points, and lines whose points count from 1."""

from typing import Any

from labelapp.formats.fields import Fields

Skeleton = dict[str, Any]


def category_fields(skeleton: Skeleton, count: int) -> dict[str, Any]:
    """
    Args:
        count: of points; those without a name are called by their number.

    >>> category_fields({"points": [{"name": "nose"}], "edges": []}, 2)
    {'keypoints': ['nose', '2'], 'skeleton': []}
    """
    names = [each["name"] for each in skeleton.get("points", ())]
    return {
        "keypoints": names + [str(each) for each in range(len(names) + 1, count + 1)],
        "skeleton": [[start + 1, end + 1] for start, end in skeleton.get("edges", ())],
    }


def skeleton_of(category: Fields) -> Skeleton:
    """As the API has it, but for the places of the points; {} where the category has none that can be understood."""
    names, lines = category.get("keypoints"), category.get("skeleton")
    if not isinstance(names, list) or not names or not all(isinstance(each, str) for each in names):
        return {}
    edges = [[start - 1, end - 1] for start, end in filter(is_pair, lines if isinstance(lines, list) else [])]
    fits = [each for each in edges if each[0] != each[1] and all(0 <= point < len(names) for point in each)]
    return {"points": names, "edges": fits}


def is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
