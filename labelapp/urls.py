"""Each room's urls.py has ``pages`` and ``api``: lists of paths, mounted here."""

from types import ModuleType

from django.conf import settings
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import labelapp.accounts.urls
import labelapp.annotations.urls
import labelapp.exchange.urls
import labelapp.images.urls
import labelapp.projects.urls
import labelapp.versions.urls
import labelapp.watching.urls
import training.urls
from labelapp import health

ROOMS: list[ModuleType] = [
    labelapp.accounts.urls,
    labelapp.projects.urls,
    labelapp.images.urls,
    labelapp.annotations.urls,
    labelapp.versions.urls,
    labelapp.exchange.urls,
    training.urls,
    labelapp.watching.urls,
]

handler404 = "labelapp.projects.views.errors.not_found"
handler500 = "labelapp.projects.views.errors.server_error"

if settings.OIDC_URL:
    from labelapp.accounts.sign_on import urls as sign_on

    ROOMS.append(sign_on)

urlpatterns = [
    *(path("", include(room.pages)) for room in ROOMS),
    *(path("api/", include(room.api)) for room in ROOMS if hasattr(room, "api")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api-docs"),
    path("jsi18n/", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
