from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from labelapp.accounts.authentication import TokenAuthentication
from labelapp.lib.events import reading, refusal


async def event_reader(request: HttpRequest) -> tuple[Any, HttpResponse | None]:
    """Who asks for a stream of events, or the answer that refuses it."""
    if request.method != "GET":
        return None, refusal(405, "method_not_allowed", _("Events can only be read."))
    try:
        user = await reading(person)(request)
    except AuthenticationFailed as error:
        return None, refusal(401, "not_signed_in", str(error.detail))
    if user is None:
        return None, refusal(401, "not_signed_in", _("Sign in, or send a token."))
    return user, None


def person(request: HttpRequest) -> Any:
    by_token = TokenAuthentication().authenticate(Request(request))
    if by_token:
        return by_token[0]
    return request.user if request.user.is_authenticated else None


def not_found() -> HttpResponse:
    return refusal(404, "not_found", _("There is no such thing here, or it is not yours."))
