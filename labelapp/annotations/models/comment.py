"""What people say about an image: threads that stand at a place, at a shape, or are about the whole of it."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry
from labelapp.projects.models.membership import in_projects_of

MOST_COMMENTS = 1000  # of one image: all of them are shown at once


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user) -> Self:
        """What is said in a round is between who labels and who merges."""
        mine = models.Q(image__copy_of=None) | models.Q(image__copied__seat__person=user)
        return self.filter(in_projects_of(user, "image__project__") & mine)

    def threads(self) -> Self:
        """The comments that begin a thread, in the order of their numbers."""
        return self.filter(thread=None).order_by("number")

    def open(self) -> Self:
        return self.threads().filter(resolved_at=None)

    def told(self) -> Self:
        """With what showing them needs, by two queries."""
        answers = Comment.objects.select_related("author").order_by("pk")
        threads = self.threads().select_related("author", "resolved_by")
        return threads.prefetch_related(models.Prefetch("answers", answers))

    def say(
        self,
        image: Image,
        author,
        text: str,
        place: list[float] | None = None,
        annotation: uuid.UUID | None = None,
        thread: int | None = None,
    ) -> "Comment":
        """Begin a thread, or answer in one.

        Args:
            place: x and y in pixels of the upright original, of a thread that is pinned.
            annotation: id of the shape that is meant; the place is where it was pointed at.
            thread: id of the comment that is answered; an answer to something resolved opens it again.

        Raises:
            ValidationError: names what does not fit. Conflict: the image is in the trash.
        """
        with transaction.atomic():
            image = Image.everything.select_for_update(of=("self",)).get(pk=image.pk)
            if image.trashed_at:
                raise Conflict(_("This image is in the trash. Restore it first."))
            if image.comments.count() >= MOST_COMMENTS:
                raise ValidationError(
                    {"text": [_("An image holds at most {count} comments.").format(count=MOST_COMMENTS)]}
                )
            if thread is not None:
                return self._answer(image, author, text, thread, bool(place or annotation))
            if place and not (0 <= place[0] <= image.width and 0 <= place[1] <= image.height):
                message = _("The place must be inside the image: {width} x {height} pixels.")
                raise ValidationError({"place": [message.format(width=image.width, height=image.height)]})
            if annotation and not image.annotations.filter(pk=annotation).exists():
                raise ValidationError({"annotation": [_("This image has no such annotation.")]})
            last = image.comments.aggregate(last=models.Max("number"))["last"] or 0
            x, y = place or (None, None)
            return self.create(image=image, author=author, text=text, number=last + 1, x=x, y=y, annotation=annotation)

    def _answer(self, image: Image, author, text: str, thread: int, placed: bool) -> "Comment":
        if placed:
            raise ValidationError({"place": [_("An answer stands where its thread does: leave the place out.")]})
        begun = image.comments.threads().filter(pk=thread).first()
        if begun is None:
            raise ValidationError({"thread": [_("There is no such thread on this image.")]})
        begun.reopen()
        return self.create(image=image, author=author, text=text, thread=begun)


class Comment(models.Model):
    """The first of a thread has its place, its number on the image and whether it is resolved; answers have none."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers")
    number = models.PositiveIntegerField(null=True)
    text = models.TextField()
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    annotation = models.UUIDField(null=True)  # no foreign key: the comment outlives the shape
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["image", "number"], name="comment_number_once_per_image")]

    def __str__(self) -> str:
        return self.text

    @property
    def project(self) -> Any:
        return self.image.project

    @property
    def place(self) -> list[float] | None:
        return None if self.x is None or self.y is None else [self.x, self.y]

    def require_author(self, by) -> None:
        if self.author_id != by.pk:
            raise PermissionDenied(_("Only who wrote a comment can change it."))

    def edit(self, text: str) -> None:
        if text != self.text:
            self.text, self.edited_at = text, timezone.now()
            self.save(update_fields=["text", "edited_at"])

    def remove(self, by) -> None:
        """Take one's own comment away, or as an owner of the project anybody's.

        Raises:
            Conflict: others have answered, whose words would go too.
        """
        manages = self.project.allows(by, "manage")
        if self.author_id != by.pk and not manages:
            raise PermissionDenied(_("Only who wrote a comment, and owners of the project, can delete it."))
        with transaction.atomic():
            Image.everything.select_for_update(of=("self",)).get(pk=self.image_id)  # nobody answers meanwhile
            if not manages and self.answers.exclude(author=by).exists():
                raise Conflict(_("Others have answered. Resolve the comment instead."), "in_use")
            if self.author_id != by.pk:
                detail = {"author": self.author.listed_name}
                AuditEntry.objects.note(by, "comment.deleted", self.project, self.image, **detail)
            self.delete()

    def resolve(self, by) -> None:
        """Nothing is left to be done about it. Said twice, the first counts."""
        self._require_judge(by)
        threads = Comment.objects.filter(pk=self.pk, resolved_at=None)
        threads.update(resolved_at=timezone.now(), resolved_by=by)
        self.refresh_from_db()

    def unresolve(self, by) -> None:
        self._require_judge(by)
        self.reopen()

    def reopen(self) -> None:
        Comment.objects.filter(pk=self.pk).exclude(resolved_at=None).update(resolved_at=None, resolved_by=None)
        self.refresh_from_db()

    def _require_judge(self, by) -> None:
        if self.thread_id:
            raise ValidationError(_("An answer is resolved with its thread."))
        if self.author_id != by.pk and not self.project.allows(by, "review"):
            raise PermissionDenied(_("Only who wrote a comment, and reviewers and owners, can resolve it."))
