"""Reading what a version is made of: the selected images in the order of their SHA-256, with their annotations."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from labelapp.annotations.models import Annotation
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import Project

IMAGES_AT_ONCE = 500
ANNOTATIONS_AT_ONCE = 10_000
DONE = [ImageStatus.LABELLED, ImageStatus.APPROVED]


@dataclass(slots=True)
class Selected:
    """One image that goes into the version, as it is before its annotations are read."""

    pk: int
    sha256: str
    name: str
    group: str
    split: str
    classes: set[str] = field(default_factory=set)
    annotations: int = 0


@dataclass(slots=True)
class Frozen:
    """One image with the annotations of one of its revisions."""

    pk: int
    sha256: str
    name: str
    width: int
    height: int
    group: str
    revision: int
    status: str
    annotations: list[dict[str, Any]] = field(default_factory=list)


def selected_images(project: Project, filters: dict[str, Any]) -> QuerySet[Image]:
    """Images that a version of these filters holds; without any filter every one that somebody has labelled."""
    images = Image.objects.filter(project=project).kept()
    if filters:
        return ImageFilters(filters).apply(images)
    return images.filter(Q(status__in=DONE) | Exists(Annotation.objects.filter(image=OuterRef("pk"))))


def select(images: QuerySet[Image]) -> list[Selected]:
    rows = images.order_by("sha256").values_list("pk", "sha256", "name", "group", "split")
    selection = [Selected(*row) for row in rows.iterator(chunk_size=2000)]
    by_pk = {each.pk: each for each in selection}
    pks = list(by_pk)
    for start in range(0, len(pks), IMAGES_AT_ONCE):
        annotations = Annotation.objects.filter(image__in=pks[start : start + IMAGES_AT_ONCE]).order_by()
        for pk, name, count in annotations.values_list("image", "label_class__name").annotate(count=Count("pk")):
            by_pk[pk].classes.add(name)
            by_pk[pk].annotations += count
    return selection


def portions(selection: list[Selected]) -> Iterator[list[Selected]]:
    """Cut the selection so that neither many images nor many annotations are in memory at once."""
    portion: list[Selected] = []
    annotations = 0
    for each in selection:
        if portion and (len(portion) >= IMAGES_AT_ONCE or annotations + each.annotations > ANNOTATIONS_AT_ONCE):
            yield portion
            portion, annotations = [], 0
        portion.append(each)
        annotations += each.annotations
    if portion:
        yield portion


def read(portion: list[Selected]) -> list[Frozen]:
    """The images of a portion with the annotations of exactly the revision that they name."""
    pks = [each.pk for each in portion]
    while True:
        images = {each.pk: each for each in _images(pks)}
        annotations = _annotations(pks)
        now = dict(Image.objects.filter(pk__in=pks).values_list("pk", "revision"))
        # Somebody labels on while this is read: then once more, or revision and annotations would not fit.
        if now == {each.pk: each.revision for each in images.values()}:
            break
    for pk, image in images.items():
        image.annotations = annotations[pk]
    return [images[pk] for pk in pks if pk in images]


def _images(pks: list[int]) -> Iterator[Frozen]:
    columns = ("pk", "sha256", "name", "width", "height", "group", "revision", "status")
    return (Frozen(*row) for row in Image.objects.filter(pk__in=pks).values_list(*columns))


def _annotations(pks: list[int]) -> dict[int, list[dict[str, Any]]]:
    columns = ("id", "label_class_id", "shape", "geometry", "attributes", "source", "occluded", "z_order", "group")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    # Whoever paints them one after the other paints what is above over what is below.
    rows = Annotation.objects.filter(image__in=pks).order_by("image_id", "z_order", "created_at", "id")
    for image, *values in rows.values_list("image_id", *columns):
        found[image].append(dict(zip(("id", "class_id", *columns[2:]), values, strict=True)))
    return found
