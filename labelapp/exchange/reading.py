"""The labels of a project as records, image by image, in constant memory."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from labelapp.annotations.models import Annotation, Review
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.images.models import Image

IMAGES_AT_ONCE = 500
ANNOTATIONS_AT_ONCE = 2000
IMAGE_COLUMNS = ("name", "pk", "sha256", "width", "height", "split", "status", "group", "revision")
ANNOTATION_COLUMNS = (
    "label_class__name", "shape", "geometry", "attributes", "source", "score", "model", "created_by__username",
    "created_at", "updated_at", "pk", "occluded", "z_order", "group",
)  # fmt: skip


def labelled_images(
    images: QuerySet[Image], file_of: Callable[[ImageRecord], str], seen: Callable[[int], Any]
) -> Iterator[LabelledImage]:
    """Every image of the query in the order of ids.

    Args:
        file_of: the path of an image inside the exported ZIP, or an empty text.
        seen: told how many images have been read so far.
    """
    count, after = 0, 0
    while True:
        rows = images.filter(pk__gt=after).order_by("pk").values_list(*IMAGE_COLUMNS)[:IMAGES_AT_ONCE]
        chunk = [ImageRecord(*row) for row in rows]
        if not chunk:
            return
        yield from with_annotations(chunk, file_of)
        count += len(chunk)
        seen(count)
        after = chunk[-1].id or 0


def with_annotations(chunk: list[ImageRecord], file_of: Callable[[ImageRecord], str]) -> Iterator[LabelledImage]:
    pks = [image.id or 0 for image in chunk]
    reviewers = dict(Review.objects.filter(image__in=pks).order_by("pk").values_list("image_id", "author__username"))
    rows = (
        Annotation.objects.filter(image__in=pks)
        .order_by("image_id", "created_at", "pk")
        .values_list("image_id", *ANNOTATION_COLUMNS)
        .iterator(chunk_size=ANNOTATIONS_AT_ONCE)
    )
    waiting = groupby(rows, key=lambda row: row[0])
    pk, annotations = next(waiting, (None, iter(())))
    for image in chunk:
        record = ImageRecord(
            image.name, image.id, image.sha256, image.width, image.height, image.split, image.status, image.group,
            image.revision, reviewers.get(image.id or 0, ""), file_of(image),
        )  # fmt: skip
        if image.id == pk:
            yield LabelledImage(record, map(annotation_record, annotations))
            pk, annotations = next(waiting, (None, iter(())))
        else:
            yield LabelledImage(record, ())


def annotation_record(row: tuple) -> AnnotationRecord:
    *values, identifier, occluded, z_order, group = row[1:]
    return AnnotationRecord(*(*values, str(identifier), occluded, z_order, group))


def known_of(project, scratch: Path) -> Known:
    skeletons = dict(project.classes.values_list("name", "skeleton"))
    known = {name: skeleton for name, skeleton in skeletons.items() if skeleton}
    return Known(list(skeletons), attribute_names(project), known, scratch)


def attribute_names(project) -> list[str]:
    """Names of the attributes that the project's classes define, each once, in the classes' order."""
    names: dict[str, None] = {}
    for attributes in project.classes.values_list("attributes", flat=True):
        for attribute in attributes:
            if isinstance(attribute, dict) and isinstance(attribute.get("name"), str):
                names[attribute["name"]] = None
    return list(names)
