"""Sending a stored file in parts, so that a download can go on where it stopped (RFC 9110, section 14)."""

import re

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from labelapp.lib import stored
from labelapp.lib.streaming import pieces

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)


def send_file(request: HttpRequest, name: str, file_name: str, content_type: str, tag: str) -> HttpResponseBase:
    """The stored file ``name`` as an attachment called ``file_name``; ``tag`` identifies its content."""
    size = default_storage.size(name)
    etag = f'"{tag}"'
    span = asked_range(request, size, etag)
    if span is not None and span[0] >= span[1]:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = span or (0, size)
    file = stored.reader(name, start)
    response = StreamingHttpResponse(pieces(file, end - start), status=206 if span else 200, content_type=content_type)
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    if span:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def begins(request: HttpRequest) -> bool:
    """Whether a download starts with this request; the others fetch its further parts."""
    return re.match(r"bytes=0*[1-9]", request.headers.get("Range", "")) is None


def asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Start and end (exclusive) of the one range asked for; None for the whole file."""
    match = ONE_RANGE.match(request.headers.get("Range", ""))
    if not match or match.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size
