"""A person's connection with the provider; none where none is configured."""

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions, status

from labelapp.accounts.log import note


class OnlyWayIn(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def connections_of(user):
    if not settings.OIDC_URL:
        return None
    return apps.get_model("socialaccount", "SocialAccount").objects.filter(user=user)  # type: ignore[misc]


def disconnect(user) -> bool:
    """Whether there was anything to end.

    Raises:
        OnlyWayIn: the person has no password.
    """
    connections = connections_of(user)
    if connections is None or not connections.exists():
        return False
    if not user.has_usable_password():
        raise OnlyWayIn(_("You have no password here, so this is your only way in. Ask a site admin for one first."))
    connections.delete()
    note(user, "person.disconnected", target=user)
    return True
