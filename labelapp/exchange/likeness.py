"""Which annotation of an image a row without an id means: the one that looks the same."""

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.skeleton_fit import told


def likeness(row: Row) -> str:
    geometry = told(row["geometry"]) if row["shape"] == "keypoints" else row["geometry"]
    return repr([row["class_name"], row["shape"], geometry, sorted(row["attributes"].items())])


def likeness_without_attributes(row: Row) -> str:
    return likeness(row | {"attributes": {}})
