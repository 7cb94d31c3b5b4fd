"""What the link of an invitation opens, for people with an account and without one."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from rest_framework.exceptions import ValidationError

from labelapp.accounts.forms import NewAccountForm
from labelapp.accounts.throttling import InvitationThrottle, SignInThrottle
from labelapp.accounts.views import SignIn
from labelapp.projects.errors import Conflict
from labelapp.projects.models import Invitation, Role
from labelapp.projects.models.invitation import InvitationState, why_closed
from labelapp.projects.views.project import ROLE_MEANINGS


class WithInvitation(View):
    """Looks the invitation up; one that does not work (any more) has a page that says why."""

    invitation: Invitation

    @method_decorator((never_cache, sensitive_post_parameters()))
    def dispatch(self, request: HttpRequest, *args, **kwargs):
        throttle = InvitationThrottle()
        if not throttle.admits(request):
            return closed(request, _("Too many tries. Wait a minute, then open the link again."), status=429)
        invitation = Invitation.objects.with_secret(kwargs["secret"])
        if invitation is None:
            return closed(request, _("This link is not complete, or another one has been made since."), status=404)
        self.invitation = invitation
        if invitation.state != InvitationState.OPEN and not self.is_member(request.user):
            return closed(request, why_closed(invitation), invitation, status=410)
        return super().dispatch(request, *args, **kwargs)

    def shown(self) -> dict[str, Any]:
        """What every page of an invitation that works says."""
        meaning = ROLE_MEANINGS[Role(self.invitation.role)] if self.invitation.project else ""
        return {"invitation": self.invitation, "secret": self.kwargs["secret"], "role_meaning": meaning}

    def is_member(self, user) -> bool:
        project = self.invitation.project
        return bool(user.is_authenticated and project and not project.trashed_at and project.role_of(user))


class JoinPage(WithInvitation):
    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return self.page(request)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        if request.user.is_authenticated:
            return joined(request, self.invitation, request.user)
        throttle = SignInThrottle()
        if not throttle.admits(request):
            return closed(request, _("Too many tries. Wait a minute, then open the link again."), status=429)
        form = NewAccountForm(request.POST)
        if form.is_valid():
            try:
                person = self.invitation.register(**form.account)
            except ValidationError as error:
                form.add_problems(error.detail)
            except Conflict as error:
                return closed(request, str(error.detail), self.invitation, status=410)
            else:
                login(request, person, backend="django.contrib.auth.backends.ModelBackend")
                return redirect(destination(self.invitation))
        return self.page(request, form)

    def page(self, request: HttpRequest, form: NewAccountForm | None = None) -> HttpResponse:
        user, project = request.user, self.invitation.project
        context = self.shown() | {"form": form or NewAccountForm(), "oidc_name": settings.OIDC_NAME}
        if user.is_authenticated and project:
            own = project.role_of(user)
            context |= {"own_role": own and Role(own).label, "offers": self.invitation.offers(user)}
        return render(request, "projects/join.html", context)


class JoinSignIn(WithInvitation, SignIn):
    """Signing in here joins at once."""

    template_name = "projects/join_sign_in.html"

    def get(self, request: HttpRequest, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect("join", kwargs["secret"])
        return super().get(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        super().form_valid(form)
        return joined(self.request, self.invitation, self.request.user)

    def get_context_data(self, **kwargs):
        join = reverse("join", kwargs={"secret": self.kwargs["secret"]})
        return super().get_context_data(**kwargs) | self.shown() | {"next": join}


def joined(request: HttpRequest, invitation: Invitation, user) -> HttpResponse:
    if invitation.project and not invitation.offers(user):
        return HttpResponseRedirect(request.path.removesuffix("sign-in/"))  # the page says what they have already
    try:
        invitation.join(user)
    except Conflict as error:
        return closed(request, str(error.detail), invitation, status=410)
    return redirect(destination(invitation))


def destination(invitation: Invitation) -> str:
    return reverse("project", args=[invitation.project_id]) if invitation.project_id else reverse("projects")


def closed(request: HttpRequest, reason, invitation: Invitation | None = None, *, status: int) -> HttpResponse:
    return render(request, "projects/join_closed.html", {"reason": reason, "invitation": invitation}, status=status)
