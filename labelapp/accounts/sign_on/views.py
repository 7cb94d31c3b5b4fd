"""To the provider and back. Only a POST leads there, so that no link of elsewhere signs anybody in."""

from collections.abc import Callable

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labelapp.accounts.sign_on.adapters import refuse


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return reaching_it(views.login, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return reaching_it(views.callback, request, provider_id)


def leaving(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Our content policy lets forms lead to this site only, redirects of their answers included; pages may go on."""
    if request.method != "POST" or not isinstance(answer, HttpResponseRedirect):
        return answer
    return render(request, "registration/sign_on_leaving.html", {"address": answer.url})


def reaching_it(view: Callable, request: HttpRequest, provider_id: str) -> HttpResponse:
    """A provider that cannot be reached, or answers nonsense, is not our error."""
    try:
        try:
            return leaving(request, view(request, provider_id))
        except (requests.RequestException, KeyError, ValueError):
            refuse(request, _("The sign-on service cannot be reached just now. Try again in a minute."))
    except ImmediateHttpResponse as answer:
        return answer.response
