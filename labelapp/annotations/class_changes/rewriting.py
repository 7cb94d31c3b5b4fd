"""Going over all annotations that a change of classes concerns, a part of the images at a time."""

import uuid
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.annotations.models import Annotation, Revision
from labelapp.annotations.models.annotation import Row, written
from labelapp.annotations.models.image_change import ImageChange
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import ClassChange, Kind
from labelapp.projects.models.class_change_left import Left
from labelapp.projects.models.job import JobFailure

IMAGES_AT_ONCE = 500
ANNOTATIONS_AT_ONCE = 5000


class Rewriting(ABC):
    """One walk over images in the trash too: whoever restores one must not meet a class that is gone.

    A worker that dies is followed by one that finds what is left to do by asking for it again.
    """

    def __init__(self, change: ClassChange):
        self.change = change
        self.project = change.project
        self.one_class = self.project.kind == Kind.CLASSIFICATION
        self.left = Left(change.left)
        self.counts: Counter[str] = Counter(change.counts)
        self.now = written(timezone.now())

    @abstractmethod
    def todo(self) -> QuerySet[Annotation]:
        """The annotations that are not yet as they are to be."""

    def needed(self, images: list[Image]) -> QuerySet[Annotation]:
        """What has to be known of these locked images; by default what has to be changed."""
        return self.todo().filter(image__in=images)

    @abstractmethod
    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """The rows to write and the rows to delete."""

    def status_of(self, image: Image, empty: bool) -> str:
        """Of an image that was changed; ``empty``: the last of its annotations went."""
        return image.status

    def walk(self, share: float = 1.0) -> None:
        """Do all of it, and go round again for what was added meanwhile; reports up to this share of the progress."""
        for key in self.change.revision_keys():
            self.go_round(key, share)
            if not self.todo().exists():
                return
        raise JobFailure(_("Others keep adding annotations of this class. Try again when they have paused."))

    def go_round(self, key: uuid.UUID, share: float = 1.0) -> None:
        total, done, after = self.todo().count(), 0, 0
        while images := self.images_after(after):
            after = images[-1]
            done += self._part(key, images)
            progress = max(self.change.progress, share * min(1.0, done / max(total, 1)))
            self.change.report(progress, counts=dict(self.counts), left=self.left.as_list())

    def images_after(self, after: int) -> list[int]:
        """Few images where there are many annotations on each."""
        found: list[int] = []
        annotations = 0
        rows = self.todo().filter(image__gt=after).order_by("image").values("image").annotate(count=Count("pk"))
        for row in rows[:IMAGES_AT_ONCE]:
            annotations += row["count"]
            if found and annotations > ANNOTATIONS_AT_ONCE:
                break
            found.append(row["image"])
        return found

    def _part(self, key: uuid.UUID, ids: list[int]) -> int:
        with transaction.atomic():
            # An image that has a revision of this key is changed again in the next round.
            done = set(Revision.objects.filter(key=key, image__in=ids).values_list("image_id", flat=True))
            images = list(Image.everything.select_for_update().filter(pk__in=set(ids) - done))
            rows: dict[int, list[Row]] = defaultdict(list)
            for annotation in self.needed(images):
                rows[annotation.image_id].append(annotation.row)
            return self.write(key, ((image, *self.rewrite(image, rows[image.pk]), rows[image.pk]) for image in images))

    def write(self, key: uuid.UUID, wanted: Iterable[tuple[Image, list[Row], list[Row], list[Row]]]) -> int:
        """Save (image, upsert, delete, what is known of it) as one revision each; returns how many rows changed."""
        found = [(image, upsert, delete, known) for image, upsert, delete, known in wanted if upsert or delete]
        losing = [image.pk for image, upsert, delete, _known in found if delete and not upsert]
        emptied = self._emptied(losing, {row["id"] for each in found for row in each[2]})
        changes = []
        for image, upsert, delete, known in found:
            had = {row["id"]: row for row in known}
            before = [*(had[row["id"]] for row in upsert if row["id"] in had), *delete]
            status = self.status_of(image, image.pk in emptied)
            changes.append(ImageChange(image, upsert, before, [row["id"] for row in delete], status))
        Revision.objects.write_changes(self.change.created_by, key, changes)
        count = sum(len(each.upsert) + len(each.delete) for each in changes)
        self.counts["images"] += len(changes)
        self.counts["annotations"] += count
        return count

    def _emptied(self, images: list[int], going: set[str]) -> set[int]:
        if not images:
            return set()
        tags = Annotation.objects.filter(image__in=images).values_list("image_id", "pk")
        return set(images) - {image for image, pk in tags if str(pk) not in going}


def without_class(image: Image, empty: bool, one_class: bool) -> str:
    """An image that has lost its class has to be labelled again; elsewhere having nothing on it is a label too."""
    if one_class and empty and image.status in (ImageStatus.LABELLED, ImageStatus.APPROVED):
        return ImageStatus.NEW.value
    return image.status
