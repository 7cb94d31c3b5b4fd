from django.utils import timezone
from django.utils.translation import ngettext

from labelapp.images.expected import require_expected
from labelapp.images.models.image_query_set import ImageQuerySet
from labelapp.images.models.many_images import ManyImages


class Deletion(ManyImages):
    """Images of the trash that are deleted for good."""

    task = "labelapp.images.tasks.delete_images"

    @property
    def title(self) -> str:
        text = ngettext("Deleting {count} image for good", "Deleting {count} images for good", self.images)
        return text.format(count=self.images)

    def open_to(self, user, role_allows: bool) -> bool:
        return self.project.allows(user, "manage")

    def chosen(self) -> ImageQuerySet:
        """Not what has come into the trash since it was asked for."""
        return super().chosen().filter(trashed_at__lte=self.created_at or timezone.now())

    def do(self) -> None:
        left = self.images - self.changed
        require_expected(max(left, self.chosen().count()), left)  # fewer may be left: some may be restored
        tally = self.tally("image.deleted")

        def note(images: int) -> None:
            self.count(tally, images)

        self.chosen().discard(note)
