"""What a token may do. Checked where a token is recognised, so that no endpoint can forget it.

A scope never gives its person a right: it only leaves some of their rights out.
"""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied

SAFE = {"GET", "HEAD", "OPTIONS"}


class Scope(models.TextChoices):
    READ = "read", _("Read")
    LABEL = "label", _("Label")
    TRAIN = "train", _("Train")
    MANAGE = "manage", _("Manage")


MEANINGS = {
    Scope.READ: _("See and download what you may see. Every token may."),
    Scope.LABEL: _("Add and change images, label, review, import and export."),
    Scope.TRAIN: _("Freeze versions, train, and let models label."),
    Scope.MANAGE: _("Projects, classes, members, deleting for good, your account."),
}

# Which scope changing something needs, by the room of the endpoint; one that is not named here needs ``manage``.
# An endpoint that differs from its room has ``token_scope``.
ROOMS = {
    "labelapp.images": Scope.LABEL,
    "labelapp.annotations": Scope.LABEL,
    "labelapp.exchange": Scope.LABEL,
    "labelapp.versions": Scope.TRAIN,
    "training": Scope.TRAIN,
}
ACCOUNTS = "labelapp.accounts"

# Which scopes, any of them, leave a person a permission that their role in a project gives them.
OF_PERMISSION: dict[str, set[str]] = {
    "view": {Scope.READ},
    "label": {Scope.LABEL, Scope.TRAIN},
    "review": {Scope.LABEL},
    "manage": {Scope.MANAGE},
}


def check(token, method: str, view, names_something: bool) -> None:
    """Refuse what a token may not ask of an endpoint, whatever its person may.

    Args:
        token: The token that was sent.
        method: of the request.
        view: The endpoint; None outside REST framework.
        names_something: Whether the address has an id in it. One that has none is about the whole site, which is
            closed to a token of one project.
    """
    module = type(view).__module__
    if method not in SAFE:
        needed = getattr(view, "token_scope", None) or ROOMS.get(room_of(module), Scope.MANAGE)
        if needed not in token.scopes:
            raise PermissionDenied(lacking(needed))
    if token.project_id and not getattr(view, "open_to_project_tokens", False):
        site_wide = getattr(view, "site_wide", module.startswith(ACCOUNTS))
        if site_wide or (method not in SAFE and not names_something):
            raise PermissionDenied(_now("This token is for one project; this needs one for the whole site."))


def room_of(module: str) -> str:
    """labelapp.images.api.bulk -> labelapp.images"""
    return ".".join(module.split(".")[: 2 if module.startswith("labelapp.") else 1])


def lacking(scope: str) -> str:
    sentence = _now("This token lacks the scope “{scope}”. Make one that has it on your profile page.")
    return sentence.format(scope=scope)
