"""Change sets on many images at once: a constant number of statements per thousand images."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from labelapp.annotations.labelling_stream import tell_saved
from labelapp.annotations.models.annotation import Annotation, Row, Source
from labelapp.annotations.models.annotation import written as as_text
from labelapp.annotations.models.classes_at_hand import ClassesAtHand
from labelapp.annotations.models.image_change import ImageChange, addition, new_tag, with_defaults
from labelapp.annotations.models.people_of_image import VERDICTS, people_of
from labelapp.annotations.models.suggestion import Suggestion
from labelapp.annotations.models.tally import tally
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import Kind, LabelClass, Project

IMAGES_PER_TRANSACTION = 1000
Counted = Callable[[int, int], None]


@dataclass(slots=True)
class BulkChange:
    """What a bulk verb did; its revisions all carry ``key``, by which it can be undone."""

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class PreparedChange:
    """A change set whose rows are whole and checked already: with author, times and source."""

    image: int
    base_revision: int
    upsert: list[Row]
    delete: list[str]
    status: str | None = None


class BulkQuerySet(models.QuerySet[Any]):
    def tag_images(
        self,
        project: Project,
        user,
        pairs: Iterable[tuple[Image, LabelClass]],
        source: str = Source.MANUAL,
        replace: bool | None = None,
        still: Callable[[Image], bool] = lambda image: True,
        key: uuid.UUID | None = None,
        counted: Counted = lambda changed, unchanged: None,
    ) -> BulkChange:
        """Give images classes as tags; they become labelled.

        Args:
            pairs: an image may come several times; images and classes of ``project``.
            replace: take other tags away; by default in classification projects, where an image has one class.
            still, key, counted: as ``add_to_images``.
        """
        now = as_text(timezone.now())
        rows: dict[int, list[Row]] = defaultdict(list)
        for image, label_class in pairs:
            rows[image.pk].append(new_tag(label_class.pk, user, source, now))
        return self.add_to_images(project, user, rows, replace, still=still, key=key, counted=counted)

    def add_to_images(
        self,
        project: Project,
        user,
        rows: dict[int, list[Row]],
        replace_tags: bool | None = None,
        labelled: bool = True,
        still: Callable[[Image], bool] = lambda image: True,
        written: Callable[[uuid.UUID, list[Row]], None] = lambda key, rows: None,
        key: uuid.UUID | None = None,
        counted: Counted = lambda changed, unchanged: None,
    ) -> BulkChange:
        """Append checked rows to images (image id -> rows), as ``tag_images``.

        Args:
            labelled: the images become labelled, where no required attribute lacks a value; otherwise the new ones
                are in progress.
            still: asked of each image once it is locked; one that somebody has changed meanwhile may be passed over.
            written: told the key and the rows that images have now, in each transaction.
            key: of the change; by default a new one.
            counted: told in each transaction how many images it changes and leaves as they are.
        """
        done = BulkChange(key or uuid.uuid4())
        one_class = project.kind == Kind.CLASSIFICATION
        replace = one_class if replace_tags is None else replace_tags or one_class
        for ids in batches(list(rows)):
            with transaction.atomic():
                changes, given, before = [], [], done.unchanged
                classes = ClassesAtHand(project)
                classes.refuse_gone(row["class"] for pk in ids for row in rows[pk])
                for image, existing in locked(project, ids):
                    if not still(image):
                        done.unchanged += 1
                        continue
                    new = rows[image.pk][-1:] if one_class else rows[image.pk]
                    new = [with_defaults(row, classes) for row in new]
                    given += new
                    change = addition(image, existing, new, replace, labelled, classes)
                    if change is None:
                        done.unchanged += 1
                    else:
                        changes.append(change)
                self.write_changes(user, done.key, changes, own=True)
                written(done.key, given)
                counted(len(changes), done.unchanged - before)
                done.changed += len(changes)
        return done

    def write_prepared(self, project: Project, user, key: uuid.UUID, prepared: list[PreparedChange]) -> list[int]:
        """Save prepared change sets, each once: an image that has a revision of this key is passed over.

        Returns:
            Ids of the images that were left as they are: gone, changed since the base, or to be given an annotation
            that is on another image by now.
        """
        left = []
        for ids in batches([each.image for each in prepared]):
            with transaction.atomic():
                done = set(self.filter(key=key, image__in=ids).values_list("image_id", flat=True))
                todo = set(ids) - done
                ClassesAtHand(project).refuse_gone(
                    row["class"] for each in prepared if each.image in todo for row in each.upsert
                )
                wanted = {each.image: each for each in prepared if each.image in todo}
                elsewhere = Annotation.objects.elsewhere(
                    (each.image, row) for each in wanted.values() for row in each.upsert
                )
                changes = []
                for image, existing in locked(project, list(wanted)):
                    each, rows = wanted[image.pk], {row["id"]: row for row in existing}
                    if image.revision == each.base_revision and image.pk not in elsewhere:
                        touched = [*each.delete, *(row["id"] for row in each.upsert)]
                        before = [rows[identifier] for identifier in touched if identifier in rows]
                        status = each.status or image.status
                        changes.append(ImageChange(image, each.upsert, before, each.delete, status))
                self.write_changes(user, key, changes)
                left += [pk for pk in wanted if pk not in {change.image.pk for change in changes}]
        return left

    def undo_bulk(
        self,
        project: Project,
        key: uuid.UUID,
        user,
        own_key: uuid.UUID | None = None,
        only: list[int] | None = None,
        counted: Counted = lambda changed, unchanged: None,
    ) -> BulkChange:
        """Take a bulk change back on those of its images that nobody has changed since, and whose classes are there.

        Args:
            own_key: of the undoing itself; by default a new one.
            only: ids of images; by default all that it changed.
            counted: as ``add_to_images``.
        """
        done = BulkChange(own_key or uuid.uuid4())
        may_review = project.allows(user, "review")
        classes = set(project.classes.staying().values_list("pk", flat=True))
        undone = self.filter(image__project=project, key=key)
        for ids in batches(list(undone.values_list("image_id", flat=True)) if only is None else only):
            with transaction.atomic():
                before = done.unchanged
                images = {image.pk: image for image, _existing in locked(project, ids)}
                changes = []
                for revision in undone.filter(image_id__in=ids):
                    image = images.get(revision.image_id)
                    gone = any(row["class"] not in classes for row in revision.before)
                    if image is None or image.revision != revision.number or gone:
                        done.unchanged += 1
                        continue
                    restored = {row["id"] for row in revision.before}
                    delete = [row["id"] for row in revision.upsert if row["id"] not in restored]
                    status = revision.status_before
                    if status in VERDICTS and not may_review:
                        status = ImageStatus.LABELLED.value
                    changes.append(ImageChange(image, revision.before, revision.upsert, delete, status))
                self.write_changes(user, done.key, changes)
                decided = Suggestion.objects.filter(change_set=key, image__in=[each.image for each in changes])
                decided.reopen()
                counted(len(changes), done.unchanged - before)
                done.changed += len(changes)
        return done

    def write_changes(self: Any, author, key: uuid.UUID, changes: list[ImageChange], own: bool = False) -> None:
        """Save whole change sets on locked images as one revision each; ``own``: as the author's work.

        Raises:
            Conflict: an annotation that one of them adds is on another image.
        """
        Annotation.objects.refuse_elsewhere((change.image.pk, row) for change in changes for row in change.new)
        Annotation.objects.erase([identifier for change in changes for identifier in change.delete])
        Annotation.objects.write([(change.image.pk, row) for change in changes for row in change.upsert])
        self.bulk_create(
            self.model(
                image=change.image,
                number=change.image.revision + 1,
                key=key,
                author=author,
                upsert=change.upsert,
                delete_ids=change.delete,
                before=change.before,
                status_before=change.image.status,
                status=change.status,
                **(tally(change.upsert, change.before) if own else {}),
            )
            for change in changes
        )
        now = timezone.now()
        for before, status in {(each.image.status, each.status) for each in changes}:
            alike = [each.image.pk for each in changes if (each.image.status, each.status) == (before, status)]
            Image.everything.filter(pk__in=alike).update(
                revision=models.F("revision") + 1, status=status, updated_at=now,
                **people_of(before, status, author, now),
            )  # fmt: skip
        if changes:
            seen = [each for each in changes if each.image.copy_of_id is None]
            saved = [(each.image.pk, each.image.revision + 1, str(each.status)) for each in seen]
            tell_saved(changes[0].image.project_id, author.pk, saved)


def batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), IMAGES_PER_TRANSACTION):
        yield ids[start : start + IMAGES_PER_TRANSACTION]


def locked(project: Project, ids: list[int]) -> list[tuple[Image, list[Row]]]:
    """The kept images, locked against other writers, each with its rows."""
    images = list(Image.objects.select_for_update().filter(project=project, pk__in=ids).kept())
    rows: dict[int, list[Row]] = defaultdict(list)
    for annotation in Annotation.objects.filter(image__in=images):
        rows[annotation.image_id].append(annotation.row)
    return [(image, rows[image.pk]) for image in images]
