"""Answers where no view was reached, or one broke: JSON below /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    return _error(404, "not_found", _("There is no such address; /api/docs/ lists them all."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django has written what happened to the log."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    return _error(500, "internal", _("Something unexpected went wrong; the server's log says more."))


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": {}}}, status=status)
