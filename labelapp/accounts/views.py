from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.contrib.auth.views import LoginView
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from labelapp.accounts import setup
from labelapp.accounts.forms import SetupForm, SignInForm
from labelapp.accounts.scopes import MEANINGS, Scope
from labelapp.accounts.sign_on.connection import connections_of
from labelapp.accounts.throttling import AccountThrottle

LIFETIMES = [1, 7, 30, 90]  # days, as pages offer them


class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if setup.setup_needed():
            return redirect("setup")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(oidc_name=settings.OIDC_NAME, **kwargs)

    def post(self, request, *args, **kwargs):
        self.account = AccountThrottle()
        if not self.account.admits(request):
            return self._later(int(self.account.wait()) + 1)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.account.succeeded(self.request)
        return super().form_valid(form)

    def _later(self, wait: int):
        context = self.get_context_data(
            form=self.authentication_form(self.request),
            problem=_("Too many tries. Wait {seconds} seconds, then try again.").format(seconds=wait),
        )
        return self.render_to_response(context, status=429, headers={"Retry-After": str(wait)})


class SetupHint(TemplateView):
    """Where everybody arrives while there is no account yet: says where the link is."""

    template_name = "registration/setup_hint.html"

    def dispatch(self, request, *args, **kwargs):
        if not setup.setup_needed():
            return redirect("projects")
        return super().dispatch(request, *args, **kwargs)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Setup(FormView):
    """The one-time link: makes the first account and signs it in."""

    template_name = "registration/setup.html"
    form_class = SetupForm

    def dispatch(self, request, *args, **kwargs):
        if not setup.setup_needed():
            return redirect("projects")
        if not setup.link_fits(kwargs["token"]):
            return render(request, "registration/setup_hint.html", {"wrong_link": True}, status=404)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        owner = setup.use_link(self.kwargs["token"], form.cleaned_data["username"], form.cleaned_data["password"])
        if owner is None:
            return redirect("setup")
        login(self.request, owner)
        return redirect("projects")


class Profile(LoginRequiredMixin, TemplateView):
    template_name = "accounts/profile.html"

    def get_context_data(self, **kwargs):
        scopes = [(scope.value, scope.label, MEANINGS[scope]) for scope in Scope]
        connections = connections_of(self.request.user)
        if connections is not None:
            kwargs |= {"oidc_name": settings.OIDC_NAME, "connected": connections.exists()}
        lifetimes = [*in_days(), (365, _("1 year")), ("", _("Until it is revoked"))]
        return super().get_context_data(scopes=scopes, lifetimes=lifetimes, **kwargs)


class People(LoginRequiredMixin, UserPassesTestMixin, TemplateView):
    template_name = "accounts/people.html"
    raise_exception = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(lifetimes=in_days(), **kwargs)

    def test_func(self) -> bool:
        return self.request.user.is_superuser

    def handle_no_permission(self):
        self.raise_exception = self.request.user.is_authenticated
        return super().handle_no_permission()


def in_days() -> list[tuple[int, str]]:
    """For how long a link or a token may work, as dialogs offer it."""
    return [(days, ngettext("{count} day", "{count} days", days).format(count=days)) for days in LIFETIMES]
