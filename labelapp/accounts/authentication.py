from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions

from labelapp.accounts import scopes
from labelapp.accounts.models import Token
from labelapp.accounts.throttling import address_of

LONGEST_ADDRESS = 64


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Token <token>``.

    What its scopes leave out is refused here and not in a permission class, which an endpoint could replace.
    """

    def authenticate(self, request):
        words = authentication.get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "token":
            return None
        token = Token.objects.with_text(words[1]) if len(words) == 2 else None
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid. Make a new one on your profile page."))
        if token.expired:
            raise exceptions.AuthenticationFailed(_("This token has expired. Make a new one on your profile page."))
        token.touch(address_of(request)[:LONGEST_ADDRESS])
        view = request.parser_context.get("view")
        scopes.check(token, request.method, view, bool(request.parser_context.get("kwargs")))
        token.user.acting_token = token
        return token.user, token

    def authenticate_header(self, request):
        return "Token"


class SessionAuthentication(authentication.SessionAuthentication):
    """The session cookie, with CSRF; answers 401 (not 403) without it.

    A page says for whom it was made: one that is still open when somebody else signs in in the same browser must not
    write in their name.
    """

    def authenticate(self, request):
        found = super().authenticate(request)
        made_for = request.headers.get("X-LabelApp-Person")
        if found and made_for and made_for != str(found[0].pk):
            text = _("{name} has signed in in another tab. Sign in as yourself again; what is kept here is not lost.")
            raise exceptions.AuthenticationFailed(text.format(name=found[0].display_name), code="other_person")
        return found

    def authenticate_header(self, request):
        return "Session"


def is_known(request: HttpRequest) -> bool:
    """Whether a living account's session or token comes with it; what that one may do is not asked."""
    words = request.headers.get("Authorization", "").split()
    if words:
        token = Token.objects.with_text(words[1]) if len(words) == 2 and words[0].lower() == "token" else None
        return token is not None and not token.expired
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return get_user(request).is_authenticated


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <token>"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
