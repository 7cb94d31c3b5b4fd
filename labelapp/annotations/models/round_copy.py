"""The images of a round, and the copies of them on which its people label."""

from django.db import models
from django.utils.translation import gettext as _

from labelapp.projects.errors import Conflict


class RoundImage(models.Model):
    """An image that is labelled in a round, and what came of it."""

    round = models.ForeignKey("annotations.Round", on_delete=models.CASCADE, related_name="chosen")
    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="rounds")
    revision = models.PositiveIntegerField()  # of the image, when the round was started or merged last
    score = models.FloatField(null=True)  # how far people agree, 0 to 1; null where that is not known
    people = models.PositiveSmallIntegerField(default=0)  # who have labelled it
    proposal = models.JSONField(default=list)  # ids of the annotations that most of them agree on
    merged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "image"], name="image_once_per_round")]


class RoundCopy(models.Model):
    """One person's own row of an image: nobody else can look at it, and it is on no list."""

    seat = models.ForeignKey("annotations.Seat", on_delete=models.CASCADE, related_name="copies")
    chosen = models.ForeignKey(RoundImage, on_delete=models.CASCADE, related_name="copies")
    image = models.OneToOneField("images.Image", on_delete=models.CASCADE, related_name="copied")

    def require_open(self) -> None:
        """Raises Conflict: its labels are as they are."""
        if self.seat.round.closed_at is not None:
            message = _("This round is closed: nothing can be changed in it. A reviewer can open it again.")
            raise Conflict(message)
