import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from labelapp.annotations.models.image_state import ImageState
from labelapp.annotations.models.revision import Revision
from labelapp.images.models import Image, ImageStatus


class Verdict(models.TextChoices):
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")


class ReviewQuerySet(models.QuerySet["Review"]):
    def give(
        self,
        image: Image,
        author,
        verdict: str,
        comment: str = "",
        key: uuid.UUID | None = None,
        base_revision: int | None = None,
    ) -> ImageState:
        """Approve an image or send it back, as a revision of its own.

        Nothing is noted when it is so already, unless the comment is a new one.
        """
        return Revision.objects.apply(
            image, author, key=key or uuid.uuid4(), base_revision=base_revision, status=verdict, comment=comment
        )

    def withdraw(self, image: Image, author, verdict: str) -> ImageState:
        """Take a verdict back: the image is labelled again. Nothing happens when it has no such verdict."""
        if image.status != verdict:
            return Revision.objects.image_at(image, image.revision)
        return Revision.objects.apply(image, author, key=uuid.uuid4(), status=ImageStatus.LABELLED)


class Review(models.Model):
    """A person's verdict on one image at one revision."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="reviews")
    revision = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict)
    comment = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
