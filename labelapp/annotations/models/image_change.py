"""What becomes of one image in a change of many."""

import uuid
from dataclasses import dataclass

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.classes_at_hand import ClassesAtHand
from labelapp.annotations.models.standing import PLAIN
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models.attribute import defaults_of, missing_in


@dataclass(frozen=True, slots=True)
class ImageChange:
    image: Image
    upsert: list[Row]
    before: list[Row]
    delete: list[str]
    status: str

    @property
    def new(self) -> list[Row]:
        """What the image does not have yet."""
        had = {row["id"] for row in self.before}
        return [row for row in self.upsert if row["id"] not in had]


def new_tag(label_class: int, user, source: str, now: str) -> Row:
    return {
        "id": str(uuid.uuid4()), "class": label_class, "shape": "tag", "geometry": {}, "attributes": {},
        "source": str(source), "score": None, "model": None, **PLAIN, "created_by": user.pk,
        "created_at": now, "updated_at": now,
    }  # fmt: skip


def with_defaults(row: Row, classes: ClassesAtHand) -> Row:
    return row | {"attributes": defaults_of(classes.attributes(row["class"]), row["attributes"])}


def complete(rows: list[Row], classes: ClassesAtHand) -> bool:
    return not any(missing_in(classes.attributes(row["class"]), row["attributes"]) for row in rows)


def addition(
    image: Image, existing: list[Row], wanted: list[Row], replace: bool, labelled: bool, classes: ClassesAtHand
) -> ImageChange | None:
    """What has to change so that the image has the wanted rows too; None when it has them and is labelled.

    Nobody is told that a required value is missing: such an image is in progress, also when it was labelled before.
    """
    had = {row["class"] for row in existing if row["shape"] == "tag"}
    tags = {row["class"]: row for row in wanted if row["shape"] == "tag"}
    upsert = [row for row in wanted if row["shape"] != "tag"]
    upsert += [row for label_class, row in tags.items() if label_class not in had]
    removed = (
        [row for row in existing if row["shape"] == "tag" and row["class"] not in tags] if replace and tags else []
    )
    delete = [row["id"] for row in removed]
    whole = complete([row for row in existing if row["id"] not in delete] + upsert, classes)
    status = image.status
    if labelled and whole and status != ImageStatus.APPROVED:
        status = ImageStatus.LABELLED
    elif status == ImageStatus.NEW:
        status = ImageStatus.IN_PROGRESS
    if not upsert and not removed and status == image.status:
        return None
    if status == ImageStatus.APPROVED:
        status = ImageStatus.LABELLED  # the approval was of what is being changed
    if status == ImageStatus.LABELLED and upsert and not whole:
        status = ImageStatus.IN_PROGRESS
    return ImageChange(image, upsert, removed, delete, status)
