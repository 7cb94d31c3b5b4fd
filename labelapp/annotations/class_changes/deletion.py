from django.db.models import QuerySet

from labelapp.annotations.class_changes.leaving import take_class_away
from labelapp.annotations.class_changes.rewriting import Rewriting, without_class
from labelapp.annotations.class_changes.suggestions import delete_suggestions
from labelapp.annotations.models import Annotation
from labelapp.annotations.models.annotation import Row
from labelapp.images.models import Image
from labelapp.projects.models import ClassChange, LabelClass


def start_deletion(actor, label_class: LabelClass) -> ClassChange:
    """The class goes, with its annotations and suggestions; frozen versions keep both."""
    return label_class.begin_deletion(actor)


class Deletion(Rewriting):
    def perform(self) -> None:
        label_class = self.change.subject or 0
        if LabelClass.objects.filter(pk=label_class).exists():
            take_class_away(self, label_class, lambda: delete_suggestions(self.change, label_class))

    def todo(self) -> QuerySet[Annotation]:
        return Annotation.objects.filter(label_class=self.change.subject)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        return [], rows

    def status_of(self, image: Image, empty: bool) -> str:
        return without_class(image, empty, self.one_class)
