from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from labelapp.images import originals
from labelapp.images.models.image_query_set import ImageQuerySet, Originals, WithCopiesQuerySet
from labelapp.projects.models import AuditEntry

PERSON: Any = {"null": True, "db_index": False, "related_name": "+"}


class ImageStatus(models.TextChoices):
    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    LABELLED = "labelled", _("Labelled")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")


class Split(models.TextChoices):
    TRAIN = "train", _("Train")
    VALIDATION = "validation", _("Validation")
    TEST = "test", _("Test")


class Image(models.Model):
    """One picture. Its original is kept untouched under its SHA-256; width and height are those of the upright one."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="images")
    name = models.CharField(max_length=1000)  # relative path with folders, forward slashes
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=16)  # Pillow's name: JPEG, PNG, ...
    size_bytes = models.BigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    orientation = models.PositiveSmallIntegerField(default=1)  # EXIF, 1 to 8
    status = models.CharField(max_length=16, choices=ImageStatus, default=ImageStatus.NEW)
    split = models.CharField(max_length=16, choices=Split, blank=True)
    group = models.CharField(max_length=200, blank=True)  # video, scene or patient: never torn apart by a split
    revision = models.PositiveIntegerField(default=0)
    prepared = models.BooleanField(default=False)  # thumbnail and display size are made
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Who made it labelled, as long as it is, and who gave the last verdict; written with its revisions.
    labelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, **PERSON)
    labelled_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, **PERSON)
    reviewed_at = models.DateTimeField(null=True)
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    # A copy is labelled by one person without seeing the image's labels (see Round). Only who asks for it meets it.
    copy_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")

    objects = Originals.from_queryset(ImageQuerySet)()
    everything = WithCopiesQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "sha256"], condition=models.Q(copy_of=None), name="original_once_per_project"
            )
        ]
        indexes = [
            models.Index(fields=["project", "copy_of", "trashed_at", "id"], name="image_ids"),
            models.Index(fields=["project", "copy_of", "trashed_at", "status", "id"], name="image_statuses"),
            models.Index(fields=["project", "copy_of", "trashed_at", "name", "id"], name="image_names"),
            models.Index(fields=["project", "copy_of", "trashed_at", "updated_at", "id"], name="image_updates"),
            # For what a project uses.
            models.Index(fields=["project", "copy_of", "trashed_at", "size_bytes"], name="image_bytes"),
            models.Index(fields=["trashed_at"], condition=~models.Q(trashed_at=None), name="image_in_trash"),
            models.Index(fields=["created_at"], condition=models.Q(prepared=False), name="image_unprepared"),
        ]

    def __str__(self) -> str:
        return self.name

    def assign(self, user, **fields: str) -> None:
        """Give it a part or a group, or another one."""
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(self, name, fields[name])
        with transaction.atomic():
            self.save(update_fields=[*changed, "updated_at"])
            AuditEntry.objects.note(user, "image.changed", target=self, split=self.split, group=self.group)

    @property
    def original(self) -> str:
        """Where the untouched file lies in the default storage."""
        return originals.path_of(self.sha256)
