"""Who may come in through the provider, and as whom."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from labelapp.accounts.log import note
from labelapp.accounts.models import User

LONGEST_NAME = 150


class AccountAdapter(DefaultAccountAdapter):
    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what they have to say themselves."""

    def respond_user_inactive(self, request: HttpRequest, user) -> NoReturn:
        refuse(request, _("Your account is deactivated. Ask a site admin."))


class SignOnAdapter(DefaultSocialAccountAdapter):
    def on_authentication_error(
        self, request: HttpRequest, provider, error=None, exception=None, extra_context=None
    ) -> NoReturn:
        if error == AuthError.CANCELLED:
            refuse(request, _("You have cancelled it there."))
        refuse(request, _("It did not work, or took too long. Try once more; if it goes on, tell a site admin."))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has said who it is; people are told apart by its id for them, never by an e-mail address."""
        if sociallogin.state.get("process") == "connect":
            self._connect(request, sociallogin)
        elif not sociallogin.is_existing:
            self._refuse_unwanted(request, claims_of(sociallogin), bool(invitation_of(sociallogin)))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        person: User = super().populate_user(request, sociallogin, data)
        person.first_name = (data.get("name") or person.get_full_name())[:LONGEST_NAME]
        person.last_name = ""
        person.email_vouched = claims_of(sociallogin).get("email_verified") is True
        person.username = free_username(data.get("username") or person.email.partition("@")[0] or person.first_name)
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None) -> User:
        invitation = invitation_of(sociallogin)
        try:
            with transaction.atomic():
                person = super().save_user(request, sociallogin, form)
                note(person, "person.signed_on", target=person, subject=sociallogin.account.uid)
                if invitation:
                    invitation.welcome(person)
        except APIException as error:  # somebody else was faster with the link
            refuse(request, str(error.detail))
        return person

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True  # pre_social_login has refused those who may not

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return reverse("profile")

    def _connect(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not request.user.is_authenticated:
            refuse(request, _("You have been signed out meanwhile. Sign in, then connect once more."))
        if sociallogin.is_existing and sociallogin.user != request.user:
            refuse(request, _("This is connected with the account of somebody else here."))
        if not sociallogin.is_existing:
            note(request.user, "person.connected", target=request.user, subject=sociallogin.account.uid)

    def _refuse_unwanted(self, request: HttpRequest, claims: dict, invited: bool) -> None:
        email = str(claims.get("email") or "")
        # What people say of themselves keeps nobody out.
        if email and User.objects.filter(email__iexact=email, email_vouched=True).exists():
            refuse(
                request,
                _("An account here has the address {email}. Sign in with its password, then connect it on its profile.")
                .format(email=email),
            )  # fmt: skip
        if invited:
            return
        if not settings.OIDC_SIGN_UP:
            refuse(request, _("You have no account here. Ask a site admin or the owner of a project to invite you."))
        domains = {domain.casefold() for domain in settings.OIDC_EMAIL_DOMAINS}
        # An address that was not verified could be anybody's.
        trusted = claims.get("email_verified") is True and email.rpartition("@")[2].casefold() in domains
        if domains and not trusted:
            refuse(request, _("Accounts are only for people with a verified address of this organisation."))


def invitation_of(sociallogin: SocialLogin):
    """The open invitation from whose page the person went to the provider, if they did."""
    try:
        page = resolve(sociallogin.state.get("next") or "")
    except Resolver404:
        return None
    if not str(page.url_name).startswith("join"):
        return None
    invitation = apps.get_model("projects", "Invitation").objects.with_secret(page.kwargs["secret"])
    return invitation if invitation and invitation.state == "open" else None


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    said = sociallogin.account.extra_data
    return said.get("userinfo") or said.get("id_token") or {}


def refuse(request: HttpRequest, reason: str) -> NoReturn:
    page = render(request, "registration/sign_on_refused.html", {"reason": reason}, status=403)
    raise ImmediateHttpResponse(page)


def free_username(wanted: str) -> str:
    """The name, as far as usernames may have such letters, with a number behind it where somebody has it."""
    name = "".join(letter for letter in wanted if letter.isalnum() or letter in "@.+-_")[:140] or "person"
    taken, number = name, 1
    while User.objects.has(taken):
        number += 1
        taken = f"{name}{number}"
    return taken


def display_name(user: User) -> str:
    return user.display_name
