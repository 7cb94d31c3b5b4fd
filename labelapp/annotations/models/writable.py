"""Whether an image's labels can be changed just now, and by whom."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from labelapp.images.models import Image
from labelapp.projects.errors import Conflict


def refuse_trashed(image: Image) -> None:
    if image.trashed_at:
        raise Conflict(_("This image is in the trash. Restore it first."))


def refuse_closed(image: Image) -> None:
    """Of a copy that somebody labels in a round: when that has ended."""
    if image.copy_of_id is not None:
        image.copied.require_open()


def require_reviewer(image: Image, author) -> None:
    """Who gives a verdict."""
    if not image.project.allows(author, "review"):
        raise PermissionDenied(_("Only reviewers and owners of this project can approve or send back."))
    if image.copy_of_id is not None:
        raise Conflict(_("In a round nothing is approved or sent back. Its labels are merged once it is closed."))
