from collections import Counter
from typing import Any

from django.db.models import Count

from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from labelapp.projects.models.attribute import attributes_of


def usage_of(label_class: LabelClass, into: LabelClass | None = None) -> dict[str, Any]:
    """What has a class, images in the trash included: what goes with it, or moves.

    Args:
        into: another class; ``both`` then counts the images that have both as a tag.
    """
    annotations = Annotation.objects.filter(label_class=label_class).order_by()
    found: dict[str, Any] = {
        "annotations": annotations.count(),
        "images": annotations.aggregate(count=Count("image", distinct=True))["count"],
        "suggestions": label_class.suggestions.count(),
        "versions": label_class.project.versions.filter(status="completed").count(),
        "shapes": counted(annotations, "shape"),
        "sources": counted(annotations, "source"),
        "attributes": values_of(label_class, annotations),
    }
    if into is not None:
        tagged = Image.objects.filter(annotations__label_class=into, annotations__shape="tag")
        found["both"] = annotations.filter(shape="tag", image__in=tagged.order_by().values("pk")).count()
    return found


def counted(annotations, field: str) -> dict[str, int]:
    return {row[field]: row["count"] for row in annotations.values(field).annotate(count=Count("pk"))}


def values_of(label_class: LabelClass, annotations) -> list[dict[str, Any]]:
    """For each attribute how many annotations have a value, and for selects and checkboxes which."""
    attributes = attributes_of(label_class)
    if not attributes:
        return []
    counts: Counter[str] = Counter()
    options: Counter[tuple[str, Any]] = Counter()
    few = {each.name for each in attributes if each.type in ("select", "checkbox")}
    for values, count in annotations.exclude(attributes={}).by_values():
        for name, value in values.items():
            counts[name] += count
            if name in few and isinstance(value, (str, bool)):
                options[name, value] += count
    return [
        {
            "name": each.name,
            "count": counts[each.name],
            "options": [
                {"value": value, "count": count} for (name, value), count in options.most_common() if name == each.name
            ],
        }
        for each in attributes
    ]
