"""The shapes that were deleted from an image in the last days, and bringing them back."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.annotation import Annotation, Row, written
from labelapp.annotations.models.change_set import MOST_SHAPES
from labelapp.annotations.models.classes_at_hand import ClassesAtHand
from labelapp.annotations.models.image_state import ImageState
from labelapp.annotations.models.next_status import status_with
from labelapp.annotations.models.writable import refuse_closed, refuse_trashed
from labelapp.annotations.shapes import Problem
from labelapp.images.models import Image


class DeletedShapesQuerySet(models.QuerySet["Any"]):
    """Of revisions."""

    def deleting(self, image: Image):
        """Those that deleted something and are not too old."""
        since = timezone.now() - timedelta(days=settings.TRASH_DAYS)
        return self.filter(image=image, created_at__gte=since).exclude(delete_ids=[])

    def bring_back(self: Any, image: Image, ids: list[str], author) -> ImageState:
        """Append one revision with these deleted shapes, as they were.

        Raises:
            ValidationError: one was not deleted here in the last days, its class is gone, or there are too many.
            Conflict: the image is in the trash, or one is on another image by now.
        """
        with transaction.atomic():
            image = Image.everything.select_for_update(of=("self",)).select_related("project").get(pk=image.pk)
            refuse_trashed(image)
            refuse_closed(image)
            there = {str(pk) for pk in image.annotations.values_list("pk", flat=True)}
            rows = self._last_of(image, set(ids) - there)
            classes = ClassesAtHand(image.project)
            classes.refuse_gone(row["class"] for row in rows)
            if len(there) + len(rows) > MOST_SHAPES:
                raise ValidationError({"ids": [_("An image holds at most {most} shapes.").format(most=MOST_SHAPES)]})
            Annotation.objects.refuse_elsewhere((image.pk, row) for row in rows)
            if rows:
                status = status_with(image, rows, classes)
                self._append(image, author, uuid.uuid4(), {}, rows, [], status)
            return ImageState(image.revision, image.status, image.annotations.rows())

    def _last_of(self: Any, image: Image, wanted: set[str]) -> list[Row]:
        found: dict[str, Row] = {}
        for revision in self.deleting(image).order_by("-number"):
            if wanted <= found.keys():
                break
            found |= {row["id"]: row for row in shapes_deleted(revision) if row["id"] in wanted - found.keys()}
        if wanted - found.keys():
            message = _("These shapes have not been deleted from this image in the last {days} days.")
            raise ValidationError({"ids": [message.format(days=settings.TRASH_DAYS)]})
        return list(found.values())


def shapes_deleted(revision) -> Iterator[Row]:
    gone = set(revision.delete_ids)
    return (row for row in revision.before if row["id"] in gone and row["shape"] != "tag")


def told(image: Image, revisions) -> list[dict[str, Any]]:
    """What these deleted and nobody has brought back, newest first."""
    classes = ClassesAtHand(image.project)
    there = {str(pk) for pk in image.annotations.values_list("pk", flat=True)}
    found: dict[str, dict[str, Any]] = {}
    for revision in revisions:
        for row in shapes_deleted(revision):
            if row["id"] not in there and row["id"] not in found:
                found[row["id"]] = {
                    "annotation": row,
                    "revision": revision.number,
                    "deleted_by": revision.author.display_name,
                    "deleted_at": written(revision.created_at),
                    "refusal": refusal(row, classes),
                }
    return list(found.values())


def refusal(row: Row, classes: ClassesAtHand) -> str:
    """Why it cannot be brought back; empty when it can."""
    try:
        classes.get(row["class"])
    except Problem as problem:
        return problem.message if classes.gone else _("The class of this shape has been deleted.")
    return ""
