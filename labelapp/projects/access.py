"""Looking things up through the person who asks: what they may not see is not found."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from labelapp.accounts.scopes import OF_PERMISSION, Scope, lacking
from labelapp.projects.models import Project

NEEDED = {
    "label": _("Your role in this project does not allow changes. Ask an owner to make you an annotator."),
    "review": _("Only reviewers and owners of this project can do this."),
    "manage": _("Only owners of this project can do this."),
}


def project_for(user, pk: int, permission: str = "view") -> Project:
    """The project, or 404 when it is not the person's, or 403 when their role is too small."""
    project = get_object_or_404(Project.objects.visible_to(user), pk=pk)
    require(user, project, permission)
    return project


def found(queryset, user, pk, permission: str = "view"):
    """One row of ``queryset.visible_to(user)`` that has a ``project``; 404 or 403 as ``project_for``."""
    row = queryset.visible_to(user).filter(pk=pk).select_related("project").first()
    if row is None:
        raise Http404
    require(user, row.project, permission)
    return row


def require(user, project: Project, permission: str) -> None:
    """Raise unless role and token allow it; a token of another project finds nothing."""
    token = user.acting_token
    if token and token.project_id not in (None, project.pk):
        raise Http404
    if permission == "view" or project.allows(user, permission):
        return
    if token and not token.allows(permission, project.pk):
        raise PermissionDenied(lacking(next(scope for scope in Scope if scope in OF_PERMISSION[permission])))
    raise PermissionDenied(NEEDED[permission])
