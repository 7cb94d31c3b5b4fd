"""Whether the answers that come out of memory are those of a full count in the database."""

import random
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from labelapp.images.filters import COMMENTED, COMMENTS, NONE, PEOPLE, SOURCES, ImageFilters, annotated
from labelapp.images.models import Image, ImageStatus, Split
from labelapp.images.related import annotations

if TYPE_CHECKING:
    from labelapp.images.catalogue.catalogue import Catalogue

ORDERS = {"id": "id", "name": "name", "updated": "updated_at", "size": "size_bytes", "created": "created_at"}


def differences(project, catalogue: "Catalogue", chance: random.Random, questions: int = 20) -> list[str]:
    """Ask filters and orders drawn by chance both ways; returns a line for each answer that differs."""
    found = []
    classes = [*project.classes.values_list("pk", flat=True), NONE]
    assignments = [*project.assignments.values_list("pk", flat=True), NONE]
    people = [*project.memberships.values_list("user", flat=True), NONE]
    for _each in range(questions):
        filters = drawn(chance, classes, assignments, people)
        expected = full_count(project, filters)
        if (counts := catalogue.sync().counts(filters)) != expected:
            found.append(f"{filters.as_dict()}: {counts} in memory, {expected} in the database")
        order = chance.choice(list(ORDERS))
        images = filters.apply(Image.objects.filter(project=project))
        rows = sorted(images.values_list(ORDERS[order], "pk"))  # the database may sort names by a language's rules
        total, ids = catalogue.slice(filters, order, False, 0, len(rows) + 1)
        if (total, ids) != (len(rows), [pk for _value, pk in rows]):
            found.append(f"{filters.as_dict()} by {order}: {ids} in memory, {rows} in the database")
    if (kept := catalogue.annotations()) != (there := full_annotations(project)):
        found.append(f"annotations: {kept} in memory, {there} in the database")
    return found


def drawn(chance: random.Random, classes: list, assignments: list, people: list) -> ImageFilters:
    choices: dict[str, list[Any]] = {
        "status": list(ImageStatus.values), "split": [*Split.values, NONE], "source": SOURCES, "class": classes,
        "comments": COMMENTS, "assignment": assignments, "search": ["a", "1", "2/", "PNG hand"], "trashed": [True],
        **dict.fromkeys(PEOPLE, people),
    }  # fmt: skip
    keys = [key for key in choices if chance.random() < 0.3]
    return ImageFilters(
        {key: chance.sample(choices[key], min(len(choices[key]), chance.choice([1, 1, 2]))) for key in keys}
    )


def full_count(project, filters: ImageFilters) -> dict[str, Any]:
    """As ``Catalogue.counts``, by looking at every row."""
    images = Image.objects.filter(project=project)

    def others(key: str):
        values = {name: value for name, value in filters.as_dict().items() if name != key}
        return ImageFilters(values).apply(images).order_by()

    def by(key: str, field: str = "") -> dict[str, int]:
        counted = others(key).values_list(field or key).annotate(Count("pk"))
        return {str(value or NONE): count for value, count in counted}

    def through_annotations(field: str, key: str) -> dict[str, int]:
        of_these = annotations().filter(image__in=others(key).values("pk"))
        return {str(pk): n for pk, n in of_these.order_by().values_list(field).annotate(Count("image", distinct=True))}

    def commented() -> dict[str, int]:
        found = {state: others("comments").filter(condition()).count() for state, condition in COMMENTED.items()}
        return {state: count for state, count in found.items() if count}

    return {
        "total": filters.apply(images).count(),
        "status": by("status"),
        "split": by("split"),
        "class": through_annotations("label_class", "class") | {NONE: others("class").filter(~annotated()).count()},
        "source": through_annotations("source", "source"),
        "comments": commented(),
        "assignment": by("assignment", "assigned__assignment"),
        **{key: by(key) for key in PEOPLE},
        "trashed": images.trashed().count(),
    }


def full_annotations(project) -> dict[int, int]:
    kept = annotations().filter(Q(image__project=project, image__copy_of=None, image__trashed_at=None)).order_by()
    return dict(kept.values_list("label_class").annotate(Count("pk")))
