import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models.bulk import batches
from labelapp.annotations.models.revision import Revision
from labelapp.annotations.models.suggestion import Suggestion
from labelapp.images.models import ImageQuerySet, ManyImages
from labelapp.projects.errors import Conflict
from labelapp.projects.models.job import RETRIABLE, UNFINISHED, JobQuerySet


class LabellingQuerySet(JobQuerySet):
    def require_ended(self, project, key: uuid.UUID) -> None:
        """Raises Conflict while the change of this key goes on: it would go on behind its undoing."""
        going = self.filter(project=project, status__in=UNFINISHED)
        if going.filter(models.Q(key=key, undoes=None) | models.Q(undoes=key)).exists():
            raise Conflict(_("This is still going on. Wait until it has ended, or cancel it, and then undo it."))


class Labelling(ManyImages):
    """Many images that are given one class or what a model suggests, or an earlier such change that is taken back."""

    task = "labelapp.annotations.tasks.label_images"

    key = models.UUIDField(default=uuid.uuid4)  # of all its revisions: by it one can undo it
    label_class = models.BigIntegerField(null=True)  # id of the class to give, which may go
    class_name = models.CharField(max_length=200, blank=True)
    replace = models.BooleanField(default=False)  # other tags go
    threshold = models.FloatField(null=True)  # suggestions with at least this score are accepted
    model = models.BigIntegerField(null=True)  # id of the one whose suggestions are meant; of all where it is null
    undoes = models.UUIDField(null=True)  # the key of what it takes back

    objects = LabellingQuerySet.as_manager()  # type: ignore[misc]

    @classmethod
    def listed(cls, project) -> Any:
        undone = cls.objects.filter(undoes=models.OuterRef("key")).exclude(status__in=RETRIABLE)
        return super().listed(project).annotate(undone=models.Exists(undone))

    @property
    def address_of_change(self) -> str:
        return f"/api/projects/{self.project_id}/annotations/bulk/{self.key}/"

    @property
    def undo_address(self) -> str:
        """Only of rows that are listed."""
        undoable = self.finished and self.changed and not self.undoes and not getattr(self, "undone", True)
        return self.address_of_change if undoable else ""

    @property
    def title(self) -> str:
        if self.undoes:
            text = ngettext(
                "Undoing the labelling of {count} image", "Undoing the labelling of {count} images", self.images
            )
        elif self.threshold is not None:
            text = ngettext(
                "Accepting what is suggested for {count} image",
                "Accepting what is suggested for {count} images",
                self.images,
            )
        else:
            text = ngettext("Labelling {count} image as {name}", "Labelling {count} images as {name}", self.images)
        return text.format(count=self.images, name=self.class_name)

    def chosen(self) -> ImageQuerySet:
        """Without those that an earlier attempt has done."""
        images: Any = super().chosen()
        if self.undoes:
            images = images.filter(revisions__key=self.undoes)
        elif self.threshold is not None:
            images = images.filter(pk__in=self._suggested().values("image"))
        return images.exclude(revisions__key=self.key)

    def do(self) -> None:
        if self.undoes:
            self._undo(self.undoes)
        elif self.threshold is not None:
            self._accept()
        else:
            self._tag()

    def _tag(self) -> None:
        label_class = self.project.classes.filter(pk__in=[self.label_class]).first()
        if label_class is None:
            raise ValidationError({"class": _("This class is not there any more.")})
        tally = self.tally("image.tagged", label_class)
        pairs = [(image, label_class) for image in self.chosen().only("pk")]
        Revision.objects.tag_images(
            self.project, self.created_by, pairs, replace=self.replace, key=self.key,
            counted=lambda changed, unchanged: self.count(tally, changed, unchanged),
        )  # fmt: skip

    def _accept(self) -> None:
        tally = self.tally("suggestion.accepted")
        for ids in batches(list(self.chosen().values_list("pk", flat=True))):
            Revision.objects.accept_all(
                self.project, self.created_by, self._suggested().filter(image__in=ids), key=self.key,
                counted=lambda changed, unchanged: self.count(tally, changed, unchanged),
            )  # fmt: skip

    def _suggested(self) -> Any:
        waiting = Suggestion.objects.waiting().filter(
            image__project=self.project, image__copy_of=None, score__gte=self.threshold
        )
        return waiting if self.model is None else waiting.filter(model=self.model)

    def _undo(self, key: uuid.UUID) -> None:
        tally = self.tally("image.undone")
        images = list(self.chosen().values_list("pk", flat=True))
        Revision.objects.undo_bulk(
            self.project, key, self.created_by, own_key=self.key, only=images,
            counted=lambda changed, unchanged: self.count(tally, changed, unchanged),
        )  # fmt: skip
