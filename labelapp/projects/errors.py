"""Every API error reads ``{"error": {"code", "message", "fields"}}`` (API.md, Manners)."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from labelapp.lib.passing import passing_trouble

CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    413: "too_large",
    415: "unsupported_type",
    429: "too_many",
    503: "unavailable",
}
OWN_CODES = {
    "cancelled",
    "conflict",
    "disk_full",
    "in_use",
    "locked",
    "other_person",
    "parse_error",
    "quota_exceeded",
    "stale",
}
RETRY_SECONDS = 5

logger = logging.getLogger(__name__)


class Conflict(exceptions.APIException):
    """409: stale or in use. ``extra`` is merged into the body beside ``error``."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("This has changed or is in use.")
    default_code = "conflict"

    def __init__(self, detail=None, code=None, **extra):
        super().__init__(detail, code)
        self.extra = extra


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("This is too large.")
    default_code = "too_large"


class Unavailable(exceptions.APIException):
    """503: trouble of the machine that may be over in a moment."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"
    wait = RETRY_SECONDS


def handle(error, context):
    if isinstance(error, Http404):
        error = exceptions.NotFound(_("There is no such thing here, or it is not yours."))
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(*error.args)
    elif isinstance(error, RequestDataTooBig):
        megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        error = TooLarge(_("The body is larger than {limit} MB. Send it in parts.").format(limit=megabytes))
    elif trouble := passing_trouble(error):
        logger.error("%s: %s", context["request"].path, error)
        error = Unavailable(trouble)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    # Set by DRF on the errors that need them.
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    body = {"error": describe(error)} | getattr(error, "extra", {})
    return Response(body, status=error.status_code, headers=headers)


def describe(error: exceptions.APIException) -> dict:
    if isinstance(error, exceptions.ValidationError):
        fields = listed(error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail})
        return {"code": "invalid", "message": sentence(fields), "fields": fields}
    code = error.get_codes() if isinstance(error.get_codes(), str) else error.default_code
    return {
        "code": code if code in OWN_CODES else CODES.get(error.status_code, code),
        "message": too_many(error) if error.status_code == 429 else str(error.detail),
        "fields": {},
    }


def too_many(error: exceptions.APIException) -> str:
    seconds = int(getattr(error, "wait", None) or 0) + 1
    return _("Too many tries. Wait {seconds} seconds, then try again.").format(seconds=seconds)


def listed(problem: Any) -> Any:
    """Every field's problems as a list, also where one was said alone."""
    if isinstance(problem, dict):
        return {name: listed(each) for name, each in problem.items()}
    return problem if isinstance(problem, list) else [problem]


def sentence(fields: dict) -> str:
    """The first problem as one sentence that names its field."""
    names, problem = [], fields
    while isinstance(problem, (list, dict)):
        if isinstance(problem, dict):
            name, problem = next(iter(problem.items()))
            names.append(name)
        else:
            problem = next((each for each in problem if each), "")
    where = ".".join(str(name) for name in names if name != "non_field_errors")
    return f"{where}: {problem}" if where else str(problem)
