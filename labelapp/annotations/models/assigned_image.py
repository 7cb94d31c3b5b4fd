from typing import Self

from django.db import models


class AssignedImageQuerySet(models.QuerySet["AssignedImage"]):
    def unfinished(self) -> Self:
        return self.filter(assignment__finished_at=None)


class AssignedImage(models.Model):
    """That an image is in an assignment: in one at most."""

    assignment = models.ForeignKey("annotations.Assignment", on_delete=models.CASCADE, related_name="assigned")
    image = models.OneToOneField("images.Image", on_delete=models.CASCADE, related_name="assigned")

    objects = AssignedImageQuerySet.as_manager()
