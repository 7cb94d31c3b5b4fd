"""Answers where no view was reached, or one broke: JSON below /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views import defaults


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    return _error(404, "not_found", _("There is no such address; /api/docs/ lists them all."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django has written what happened to the log, under the id that is shown here."""
    request_id = getattr(request, "request_id", "")
    if not request.path.startswith("/api/"):
        # Without the request: what makes the frame of other pages may be what is broken.
        return HttpResponseServerError(loader.get_template("500.html").render({"request_id": request_id}))
    message = _("Something unexpected went wrong; the server's log says more (request {id}).").format(id=request_id)
    return _error(500, "internal", message, request_id=request_id)


def _error(status: int, code: str, message: str, **extra: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": {}, **extra}}, status=status)
