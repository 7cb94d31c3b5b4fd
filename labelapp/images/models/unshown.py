from typing import Any

from django.db import models, transaction

from labelapp.images.models.admission import prepare
from labelapp.images.models.image import Image
from labelapp.projects.models import AuditEntry


class UnshownQuerySet(models.QuerySet[Any]):
    def note(self: Any, image: int, reason: str) -> None:
        """The image may have been deleted meanwhile: then there is nothing to note."""
        if Image.objects.filter(pk=image).exists():
            self.update_or_create(image_id=image, defaults={"reason": reason})

    def retry(self, project, user) -> int:
        """Have thumbnails of the project's images made once more; returns of how many."""
        with transaction.atomic():
            ids = list(self.filter(image__project=project).values_list("image_id", flat=True))
            if not ids:
                return 0
            self.filter(image__project=project).delete()
            Image.objects.filter(project=project, pk__in=ids).update(prepared=False)
            AuditEntry.objects.note(user, "image.retried", project, images=len(ids))
            prepare(ids)
        return len(ids)


class Unshown(models.Model):
    """An image of which no thumbnail could be made, and why: its stored file is damaged or gone."""

    image = models.OneToOneField(Image, on_delete=models.CASCADE, primary_key=True, related_name="unshown")
    reason = models.TextField()

    objects = UnshownQuerySet.as_manager()
