from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework.exceptions import ValidationError

from labelapp.annotations.assist.assistant import assistant
from labelapp.annotations.models.prediction import ImagePrediction, Proposed
from labelapp.annotations.models.proposal import DONE
from labelapp.annotations.models.suggestion import Suggestion
from labelapp.images.decoding import Refused
from labelapp.images.models import Image, ManyImages


class Detector(models.TextChoices):
    FACES = "faces", gettext_lazy("Faces")
    PLATES = "plates", gettext_lazy("Number plates")
    PEOPLE = "people", gettext_lazy("People")


class Detection(ManyImages):
    """Many images in which a detector of OpenCV looks for things; suggestions appear on them.

    It goes through them by their ids and keeps how far it is, so that another try goes on from there.
    """

    task = "labelapp.annotations.tasks.detect"
    at_once = False

    detector = models.CharField(max_length=16, choices=Detector)
    label_class = models.BigIntegerField()  # id of the class that is suggested, which may go
    class_name = models.CharField(max_length=200)
    last = models.BigIntegerField(default=0)  # id of the image that was looked at last
    found = models.PositiveIntegerField(default=0)  # suggestions

    @property
    def title(self) -> str:
        text = ngettext("Looking for {what} on {count} image", "Looking for {what} on {count} images", self.images)
        return text.format(count=self.images, what=self.get_detector_display().lower())

    @property
    def summary(self) -> str:
        text = ngettext("{count} suggestion as {name}", "{count} suggestions as {name}", self.found)
        return text.format(count=self.found, name=self.class_name) if self.changed or self.unchanged else ""

    def do(self) -> None:
        if not self.project.classes.staying().filter(pk=self.label_class).exists():
            raise ValidationError({"class": _("This class is not there any more.")})
        for image in self.chosen().filter(pk__gt=self.last).order_by("pk").iterator(chunk_size=200):
            boxes = [] if image.status in DONE else self._boxes(image)
            with transaction.atomic():
                self._note(image, self._propose(image, boxes))

    def _boxes(self, image: Image) -> list[dict[str, Any]]:
        """None on an image that cannot be read: it does not keep the others from being looked at."""
        try:
            return assistant().ask("detect", image, {"detector": self.detector})
        except Refused:
            return []

    def _propose(self, image: Image, boxes: list[dict[str, Any]]) -> int:
        proposed = [Proposed(self.label_class, each["score"], each["shape"], each["geometry"]) for each in boxes]
        predictions = [ImagePrediction(image.pk, 0.0, proposed)]
        return Suggestion.objects.propose_found(self.detector, self.label_class, predictions)

    def _note(self, image: Image, found: int) -> None:
        """Raises JobCancelled: the transaction must be undone."""
        fields = {"changed": self.changed + bool(found), "unchanged": self.unchanged + (not found)}
        share = sum(fields.values()) / max(1, self.images)
        self.report(share, last=image.pk, found=self.found + found, **fields)
