"""What a browser may do with our answers, whatever got into them."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from labelapp.projects.templatetags.shell import import_map_text

# Nothing in line, nothing from elsewhere. Previews of local files are blobs, changed pictures are data addresses.
PAGE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Of everything that is no page: should a browser take it for one, nothing in it runs.
ELSEWHERE = "default-src 'none'; frame-ancestors 'none'; sandbox"
PERMISSIONS = ", ".join(f"{each}=()" for each in ("camera", "geolocation", "microphone", "payment", "usb"))


class ContentPolicy:
    """Middleware. It is behind WhiteNoise's: a worker script would bring this policy along. A view may say more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        response.headers.setdefault("Content-Security-Policy", of_pages() if is_page else ELSEWHERE)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "private, no-cache")  # asked again after somebody has signed out
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


@cache
def of_pages() -> str:
    """The import map is the only script in line: it is named by its digest, as browsers take no file for it."""
    digest = base64.b64encode(hashlib.sha256(import_map_text().encode()).digest()).decode()
    policy = PAGE | {"script-src": f"{PAGE['script-src']} 'sha256-{digest}'"}
    return "; ".join(f"{name} {value}" for name, value in policy.items())
