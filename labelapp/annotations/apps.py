from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class AnnotationsConfig(AppConfig):
    name = "labelapp.annotations"
    audit_kinds = {
        "agreement": _("Agreement in rounds"), "archive": _("ZIP files"), "assignment": _("Assignments"),
        "comment": _("Comments"), "detection": _("Detection"), "labelling": _("Labelling"), "round": _("Rounds"),
        "roundmerge": _("Merging of rounds"), "suggestion": _("Suggestions"),
    }  # fmt: skip
    audit_verbs = {
        "archive.cancelled": _("cancelled: {target}"),
        "archive.unpacked": ngettext_lazy(
            "added {images} image: {target}", "added {images} images: {target}", "images"
        ),
        "archive.retried": _("tried again: {target}"),
        "assignment.deleted": _("deleted {target}"),
        "assignment.finished": _("finished {target}"),
        "assignment.given": _("gave {target} to {to}"),
        "assignment.made": ngettext_lazy(
            "gave {images} image to {to}: {target}", "gave {images} images to {to}: {target}", "images"
        ),
        "assignment.reopened": _("opened {target} again"),
        "comment.deleted": _("deleted a comment by {author} on {target}"),
        "detection.cancelled": _("cancelled: {target}"),
        "detection.retried": _("tried again: {target}"),
        "detection.started": _("started: {target}"),
        "image.approved": _("approved {target}"),
        "image.sent_back": _("sent back {target}"),
        "image.tagged": ngettext_lazy(
            "labelled {images} image as {target}", "labelled {images} images as {target}", "images"
        ),
        "image.undone": ngettext_lazy(
            "undid the labelling of {images} image", "undid the labelling of {images} images", "images"
        ),
        "labelling.cancelled": _("cancelled: {target}"),
        "labelling.retried": _("tried again: {target}"),
        "agreement.cancelled": _("cancelled: {target}"),
        "agreement.retried": _("tried again: {target}"),
        "round.closed": _("closed {target}"),
        "round.deleted": _("deleted {target} with what was labelled in it"),
        "round.finished": _("is done with {target}"),
        "round.merged": ngettext_lazy(
            "merged {images} image from {target}", "merged {images} images from {target}", "images"
        ),
        "round.reopened": _("opened {target} again"),
        "round.started": ngettext_lazy(
            "started {target}: {images} image for {people} people",
            "started {target}: {images} images for {people} people",
            "images",
        ),
        "roundmerge.cancelled": _("cancelled: {target}"),
        "roundmerge.retried": _("tried again: {target}"),
        "suggestion.accepted": ngettext_lazy(
            "accepted the suggestions on {images} image", "accepted the suggestions on {images} images", "images"
        ),
    }

    def ready(self) -> None:
        from labelapp.annotations import occasions
        from labelapp.annotations.class_changes import work  # noqa: F401 - adds its work to ClassChange
        from labelapp.annotations.models import history
        from labelapp.images import touching

        history.OCCASIONS += [occasions.labellings, occasions.class_changes, occasions.rounds]
        touching.watch("annotations_annotation", "image_id", ("image_id", "label_class_id", "source"))
        touching.watch("annotations_assignedimage", "image_id", ("image_id", "assignment_id"))
        touching.watch("annotations_comment", "image_id", ("image_id", "thread_id", "resolved_at"))
        touching.watch("annotations_suggestion", "image_id", ("image_id", "state", "uncertainty"))
