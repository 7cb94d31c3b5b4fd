import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    MANUAL = "manual", _("Manual")
    AUTO = "auto", _("Auto")
    SEMI_AUTO = "semi-auto", _("Semi-auto")
    FILE = "file", _("File")


class Annotation(models.Model):
    """One shape with one class on one image. Geometry as API.md, in pixels of the upright original."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="annotations")
    label_class = models.ForeignKey("projects.LabelClass", on_delete=models.PROTECT, related_name="annotations")
    shape = models.CharField(max_length=16)
    geometry = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    source = models.CharField(max_length=16, choices=Source, default=Source.MANUAL)
    score = models.FloatField(null=True)
    model = models.BigIntegerField(null=True)  # id of the model that drew it; models live in a room to the right
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["image", "label_class"]), models.Index(fields=["label_class", "image"])]
