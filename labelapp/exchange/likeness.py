"""Which annotation of an image a row without an id means: the one that looks the same."""

from labelapp.annotations.models.annotation import Row


def likeness(row: Row) -> str:
    return repr([row["class_name"], row["shape"], row["geometry"], sorted(row["attributes"].items())])


def likeness_without_attributes(row: Row) -> str:
    return likeness(row | {"attributes": {}})
