"""Why somebody cannot go yet."""

from django.utils.translation import gettext as _
from rest_framework import exceptions, status


class StillNeeded(exceptions.APIException):
    """409: the site or a project would be left without somebody. ``extra`` is merged into the body."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"

    def __init__(self, detail, **extra):
        super().__init__(detail)
        self.extra = extra


class OnlyOwner(StillNeeded):
    def __init__(self, person, projects):
        names = ", ".join(f"“{project}”" for project in projects)
        message = _("{name} is the only owner of {projects}. Say who shall own them from now on.")
        extra = {"projects": [{"id": project.pk, "name": project.name} for project in projects]}
        super().__init__(message.format(name=person.display_name, projects=names), **extra)
