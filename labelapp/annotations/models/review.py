from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")


class Review(models.Model):
    """A person's verdict on one image at one revision."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="reviews")
    revision = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict)
    comment = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
