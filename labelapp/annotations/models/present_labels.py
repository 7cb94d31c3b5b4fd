from collections.abc import Iterator
from functools import cached_property

from labelapp.annotations.models.annotation import IDS_PER_QUERY, Row, Values
from labelapp.images.models import Image


class PresentLabels:
    """What is on a locked image before a change set. Only what that names is read whole: an image may hold thousands.

    Args:
        ids: of the annotations that the change set names.

    ``rows``: those of them that are there, by id.
    """

    def __init__(self, image: Image, ids: list[str]):
        self._annotations = image.annotations
        self.rows: dict[str, Row] = {}
        for start in range(0, len(ids), IDS_PER_QUERY):
            named = self._annotations.filter(pk__in=ids[start : start + IDS_PER_QUERY])
            self.rows |= {str(each.pk): each.row for each in named}

    @cached_property
    def count(self) -> int:
        """Of all annotations of the image."""
        return self._annotations.count()

    def other_tags(self) -> list[int]:
        """Classes of the tags that the change set does not name."""
        tags = self._annotations.filter(shape="tag").values_list("pk", "label_class_id")
        return [label_class for pk, label_class in tags if str(pk) not in self.rows]

    def others_of(self, classes: list[int]) -> Iterator[tuple[int, Values]]:
        """Class and attributes of annotations of these classes that the change set does not name."""
        found = self._annotations.filter(label_class__in=classes).values_list("pk", "label_class_id", "attributes")
        return ((label_class, values) for pk, label_class, values in found if str(pk) not in self.rows)
