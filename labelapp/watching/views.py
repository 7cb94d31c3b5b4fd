import hmac
import ipaddress

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from labelapp.watching.site_metrics import SiteCollector

FORWARDED = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"]

REGISTRY.register(SiteCollector())


class StatusPage(LoginRequiredMixin, UserPassesTestMixin, TemplateView):
    template_name = "watching/status.html"

    def test_func(self) -> bool:
        return self.request.user.is_superuser

    def handle_no_permission(self):
        self.raise_exception = self.request.user.is_authenticated
        return super().handle_no_permission()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus."""
    if settings.METRICS_TOKEN:
        if not has_token(request):
            text = _("Send the token: Authorization: Bearer ...")
            return HttpResponse(f"{text}\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
    elif not is_from_here(request):
        text = _("Only for this machine, unless LABELAPP_METRICS_TOKEN is set.")
        return HttpResponse(f"{text}\n", "text/plain", 403)
    return HttpResponse(
        generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


def has_token(request: HttpRequest) -> bool:
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), settings.METRICS_TOKEN.encode())


def is_from_here(request: HttpRequest) -> bool:
    """From a program on this machine, and not from a proxy on it, behind which may be anybody."""
    behind_a_proxy = settings.REST_FRAMEWORK["NUM_PROXIES"] or settings.HTTPS or settings.CSRF_TRUSTED_ORIGINS
    if behind_a_proxy or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
