from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    name = "labelapp.annotations"
    audit_kinds = {"archive": _("Uploads"), "suggestion": _("Suggestions")}
    audit_verbs = {
        "archive.cancelled": _("cancelled: {target}"),
        "archive.unpacked": _("added {images} images: {target}"),
        "archive.retried": _("tried again: {target}"),
        "image.approved": _("approved {target}"),
        "image.sent_back": _("sent back {target}"),
        "image.tagged": _("labelled {images} images as {target}"),
        "image.undone": _("undid the labelling of {images} images"),
        "suggestion.accepted": _("accepted the suggestions on {images} images"),
    }

    def ready(self) -> None:
        from labelapp.annotations.class_changes import work  # noqa: F401 - adds its work to ClassChange
        from labelapp.images import touching

        touching.watch("annotations_annotation", "image_id", ("image_id", "label_class_id", "source"))
        touching.watch("annotations_suggestion", "image_id", ("image_id", "state", "uncertainty"))
