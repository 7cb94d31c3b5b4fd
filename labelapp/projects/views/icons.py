from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from labelapp.lib import icons


@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def sprite(request: HttpRequest) -> HttpResponse:
    """Icons for scripts; the address carries a digest of them, so it may be kept for ever."""
    return HttpResponse(icons.sprite()[0], content_type="image/svg+xml")
