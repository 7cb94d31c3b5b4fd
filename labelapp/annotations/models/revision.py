import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.annotations.labelling_stream import tell_saved
from labelapp.annotations.models.acceptance import AcceptanceQuerySet
from labelapp.annotations.models.annotation import Annotation, Row, in_order, written
from labelapp.annotations.models.bulk import BulkQuerySet
from labelapp.annotations.models.change_set import ChangeSet
from labelapp.annotations.models.classes_at_hand import ClassesAtHand
from labelapp.annotations.models.deleted_shapes import DeletedShapesQuerySet
from labelapp.annotations.models.image_state import ImageState
from labelapp.annotations.models.next_status import complete_enough, status_after
from labelapp.annotations.models.people_of_image import VERDICTS, people_of
from labelapp.annotations.models.rows_field import RowsField
from labelapp.annotations.models.suggestion import Suggestion
from labelapp.annotations.models.tally import tally
from labelapp.annotations.models.writable import refuse_closed, refuse_trashed, require_reviewer
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry


class RevisionQuerySet(AcceptanceQuerySet, BulkQuerySet, DeletedShapesQuerySet):  # type: ignore[override]
    def apply(
        self,
        image: Image,
        author,
        *,
        key: uuid.UUID,
        base_revision: int | None = None,
        upsert: list | None = None,
        delete: list | None = None,
        status: str | None = None,
        suggestions: dict[str, str] | None = None,
        model: int | None = None,
        comment: str = "",
        whole: bool = True,
        own: bool = True,
    ) -> ImageState:
        """Save one change set on one image, once.

        Args:
            key: of this change set; the same key again gives the same answer and does nothing.
            base_revision: the revision that the author saw; None takes the newest.
            upsert: annotations as API.md has them; delete: ids.
            status: of the image from now on; None keeps it, but a new image with annotations is in progress.
            suggestions: what the author decided about suggestions: id -> state.
            model: id of the model that drew the annotations that name none.
            comment: of a verdict (approved or sent back), noted as a review; again where it says something new.
            whole: what is answered holds all annotations of the image, else only those of ``upsert`` as they were
                stored.
            own: it is the author's own work, not only their choice of others'.

        Raises:
            ValidationError: names what is wrong. Conflict: the base is stale. PermissionDenied: a verdict without
                the review permission.
        """
        given = (image, author, key, base_revision, upsert, delete, status, suggestions, model, comment, whole, own)
        try:
            return self._apply(*given)
        except IntegrityError:
            # PostgreSQL sees at the commit only that a class went meanwhile: the second time it is known to be gone.
            return self._apply(*given)

    def _apply(
        self, image, author, key, base_revision, upsert, delete, status, suggestions, model, comment, whole, own
    ) -> ImageState:
        with transaction.atomic():
            image = Image.everything.select_for_update(of=("self",)).select_related("project").get(pk=image.pk)
            done = self.filter(image=image, key=key).first()
            if done is not None:
                return self.image_at(image, done.number) if whole else done.state
            self._refuse_stale(image, base_revision)
            news = status != image.status or upsert or delete or (comment and comment != last_comment(image))
            given = status in VERDICTS and news
            verdict = status if given else None
            if verdict:
                require_reviewer(image, author)
            changes = ChangeSet(image, author, upsert or [], delete or [], model, written(timezone.now()))
            Suggestion.objects.filter(image=image).decide(suggestions or {}, author, key)
            status = complete_enough(status, image, changes) or status_after(image.status, changes)
            revision = self._append(
                image, author, key, changes.present.rows, changes.upsert, changes.delete, status, own=own,
                verdict=verdict is not None,
            )  # fmt: skip
            if verdict:
                image.reviews.create(revision=revision.number, verdict=verdict, comment=comment, author=author)
                AuditEntry.objects.note(author, f"image.{verdict}", target=image, revision=revision.number)
            return ImageState(revision.number, status, image.annotations.rows()) if whole else revision.state

    def image_at(self, image: Image, number: int) -> ImageState:
        """The image's labels as they were after its revision ``number``; 0 is before the first.

        Raises:
            Revision.DoesNotExist: the image has no such revision.
        """
        rows = {row["id"]: row for row in image.annotations.rows()}
        status = None if number == 0 else self.get(image=image, number=number).status
        for revision in self.filter(image=image, number__gt=number).order_by("-number"):
            for row in revision.upsert:
                rows.pop(row["id"], None)
            rows |= {row["id"]: row for row in revision.before}
            status = revision.status_before if number == 0 else status
        return ImageState(number, status or image.status, in_order(list(rows.values())))

    def restore(self, image: Image, number: int, author) -> ImageState:
        """Append a revision that brings back the labels of revision ``number``.

        Raises:
            Conflict: one of the annotations is on another image by now.
        """
        with transaction.atomic():
            image = Image.everything.select_for_update(of=("self",)).select_related("project").get(pk=image.pk)
            refuse_trashed(image)
            refuse_closed(image)
            target = self.image_at(image, number)
            existing = {row["id"]: row for row in image.annotations.rows()}
            upsert = [row for row in target.annotations if existing.get(row["id"]) != row]
            Annotation.objects.refuse_elsewhere([(image.pk, row) for row in upsert if row["id"] not in existing])
            ClassesAtHand(image.project).refuse_gone(row["class"] for row in upsert)
            kept = {row["id"] for row in target.annotations}
            status = target.status
            if status in VERDICTS and not image.project.allows(author, "review"):
                status = ImageStatus.LABELLED
            delete = [identifier for identifier in existing if identifier not in kept]
            revision = self._append(image, author, uuid.uuid4(), existing, upsert, delete, status, restored=number)
            return ImageState(revision.number, status, target.annotations)

    def _refuse_stale(self, image: Image, base_revision: int | None) -> None:
        refuse_trashed(image)
        refuse_closed(image)
        if base_revision in (None, image.revision):
            return
        if base_revision > image.revision:
            message = _("This image has no revision {base} yet; it is at {revision}.")
        else:
            message = _("Someone else has changed this image since revision {base}; it is at {revision} now.")
        since = self.filter(image=image, number__gt=min(base_revision, image.revision)).select_related("author")
        raise Conflict(
            message.format(base=base_revision, revision=image.revision),
            "stale",
            revision=image.revision,
            changes=[revision.change for revision in since],
        )

    def _append(
        self,
        image: Image,
        author,
        key: uuid.UUID,
        existing: dict[str, Row],
        upsert: list[Row],
        delete: list[str],
        status: str,
        restored: int | None = None,
        own: bool = False,
        verdict: bool = False,
    ) -> "Revision":
        """``own``: it is the author's work, not what was there once and is brought back."""
        image.annotations.erase(delete)
        Annotation.objects.write([(image.pk, row) for row in upsert])
        touched = [*delete, *(row["id"] for row in upsert)]
        before = [existing[each] for each in touched if each in existing]
        revision = self.create(
            image=image,
            number=image.revision + 1,
            key=key,
            author=author,
            upsert=upsert,
            delete_ids=delete,
            before=before,
            status_before=image.status,
            status=status,
            restored=restored,
            **(tally(upsert, before) if own else {}),
        )
        people = people_of(image.status, status, author, revision.created_at, verdict)
        for name, value in {"revision": revision.number, "status": status, **people}.items():
            setattr(image, name, value)
        image.save(update_fields=["revision", "status", *people, "updated_at"])
        if image.copy_of_id is None:
            tell_saved(image.project_id, author.pk, [(image.pk, revision.number, str(status))])
        return revision


class Revision(models.Model):
    """One saved change set on one image, append-only. ``before`` holds what it replaced: any can be restored."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    upsert = RowsField(default=list)
    delete_ids = models.JSONField(default=list)
    before = RowsField(default=list)
    status_before = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    restored = models.PositiveIntegerField(null=True)  # number of the revision whose labels this one brought back
    drawn = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["key"]),  # a bulk change has one key on many images
            # All that throughput asks for: the rows themselves are long.
            models.Index(
                fields=[
                    "image", "created_at", "author", "status", "status_before", "drawn", "accepted", "corrected",
                ],
                name="revision_counts",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["image", "number"], name="revision_number_once_per_image"),
            models.UniqueConstraint(fields=["image", "key"], name="change_set_once_per_image"),
        ]

    @property
    def state(self) -> ImageState:
        """The image right after it, with what it wrote alone."""
        return ImageState(self.number, self.status, self.upsert)

    @property
    def change(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            "revision": self.number,
            "key": str(self.key),
            "author": self.author.get_username(),
            "upsert": self.upsert,
            "delete": self.delete_ids,
            "status": self.status,
            "created_at": written(self.created_at),
        }


def last_comment(image: Image) -> str:
    review = image.reviews.first()
    return review.comment if review else ""
