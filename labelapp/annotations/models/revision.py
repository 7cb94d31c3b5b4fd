from django.conf import settings
from django.db import models


class Revision(models.Model):
    """One saved change set on one image, append-only. ``before`` holds what it replaced: any can be restored."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    upsert = models.JSONField(default=list)
    delete_ids = models.JSONField(default=list)
    before = models.JSONField(default=list)
    status_before = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["image", "number"], name="revision_number_once_per_image"),
            models.UniqueConstraint(fields=["image", "key"], name="change_set_once_per_image"),
        ]
