"""The status of an image once its labels have been changed."""

from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.change_set import ChangeSet
from labelapp.annotations.models.classes_at_hand import ClassesAtHand
from labelapp.annotations.models.image_change import complete
from labelapp.annotations.models.proposal import DONE
from labelapp.images.models import Image, ImageStatus


def status_after(status: str, changes: ChangeSet) -> str:
    """The status of an image whose author named none: it stays labelled only as long as nothing required is missing."""
    if not changes.upsert and not changes.delete:
        return status
    if status in DONE:
        # An approval was of what has just been changed. A deletion takes no value away.
        return ImageStatus.IN_PROGRESS if changes.upsert and changes.missing() else ImageStatus.LABELLED
    return ImageStatus.IN_PROGRESS if status == ImageStatus.NEW and changes.left else status


def complete_enough(status: str | None, image: Image, changes: ChangeSet) -> str | None:
    """The status that was asked for, as far as required attributes allow it.

    Labels are never refused for it: with labels in the same change set the image stays in progress until every required
    attribute has a value. A status alone is refused, so that the person sees why; but to take an approval back
    finishes nothing.
    """
    if status not in DONE or (image.status in (status, ImageStatus.APPROVED) and not changes.upsert):
        return status
    missing = changes.missing()
    if not missing:
        return status
    if status == ImageStatus.APPROVED or not (changes.upsert or changes.delete):
        raise ValidationError({"status": [missing]})
    return ImageStatus.IN_PROGRESS


def status_with(image: Image, rows: list[Row], classes: ClassesAtHand) -> str:
    """With rows that are brought back: as ``status_after``, but nothing else of the image has changed."""
    if image.status in DONE:
        return (ImageStatus.LABELLED if complete(rows, classes) else ImageStatus.IN_PROGRESS).value
    return ImageStatus.IN_PROGRESS.value if image.status == ImageStatus.NEW else image.status
