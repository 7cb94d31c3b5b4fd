"""Large files in pieces, by the tus protocol 1.0.0 (https://tus.io): creation, expiration, termination."""

import base64
import binascii
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.uploads import UploadResult
from labelapp.annotations.intake import Intake, Sent, rendered
from labelapp.annotations.uploads import ClassFrom
from labelapp.images.api.uploads import own_upload
from labelapp.images.models import FileMark, FilePart, Upload
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import project_for
from labelapp.projects.errors import Conflict, TooLarge
from labelapp.projects.space import disk_refusal

VERSION = "1.0.0"
OFFSET_TYPE = "application/offset+octet-stream"


def header(name: str, description: str, required: bool = True) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=description)


class TusView(APIView):
    parser_classes: list[Any] = []

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method not in ("GET", "OPTIONS", "HEAD") and request.headers.get("Tus-Resumable") != VERSION:
            raise ValidationError({"Tus-Resumable": [_("This header must be {version}.").format(version=VERSION)]})

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request, *args, **kwargs):
        response = Response(status=status.HTTP_204_NO_CONTENT)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = "creation,expiration,termination"
        response["Tus-Max-Size"] = str(max(settings.MAX_ZIP_BYTES, settings.MAX_IMAGE_BYTES))
        return response


class FilesView(TusView):
    """Announce a large file; the answer says where its pieces go."""

    @extend_schema(
        operation_id="files_create",
        request=None,
        responses={201: None},
        parameters=[
            header("Tus-Resumable", VERSION),
            header("Upload-Length", "Bytes of the whole file."),
            header(
                "Upload-Metadata",
                "Pairs of a name and a value in base64: `path` (or `filename`), and if wanted `modified` (milliseconds"
                " since 1970), `upload` (id of the upload that it belongs to) and `class_from`.",
            ),
        ],
    )
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "label")
        size = number_of(request, "Upload-Length")
        facts = metadata(request.headers.get("Upload-Metadata", ""))
        mark = FileMark(facts["path"], size, facts["modified"])
        refuse_too_large(mark)
        if not size:
            raise ValidationError({"Upload-Length": [_("The file is empty.")]})
        upload = self._upload(request.user, project, facts, size)
        upload.require_open()
        part = FilePart.objects.announce(upload, mark)
        return described(Response(status=status.HTTP_201_CREATED), part, Location=f"/api/files/{part.pk}/")

    def _upload(self, user, project, facts: dict[str, Any], size: int) -> Upload:
        if facts["upload"]:
            return own_upload(user, facts["upload"], project)
        fields = {"name": facts["path"].rsplit("/")[-1][:200], "class_from": facts["class_from"]}
        return Upload.objects.start(project, user, 1, size, **fields)


@extend_schema_view(head=extend_schema(exclude=True))
class FileView(TusView):
    """A file on its way: HEAD tells how much is here, PATCH brings the next piece, DELETE gives it up."""

    class FileOutput(serializers.Serializer):
        offset = serializers.IntegerField(help_text="Bytes that are here.")
        size_bytes = serializers.IntegerField()
        result = UploadResult(allow_null=True, help_text="What became of it, once it is whole.")

    @extend_schema(operation_id="files_retrieve", responses=FileOutput)
    def get(self, request, pk: UUID) -> Response:
        part = self._part(request, pk)
        body = {"offset": part.offset, "size_bytes": part.size_bytes, "result": part.result}
        return described(Response(body), part)

    def head(self, request, pk: UUID) -> Response:
        return described(Response(), self._part(request, pk))

    @extend_schema(
        operation_id="files_append",
        request={OFFSET_TYPE: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[header("Tus-Resumable", VERSION), header("Upload-Offset", "Where the piece begins: what is here.")],
    )
    def patch(self, request, pk: UUID) -> Response:
        part = self._part(request, pk)
        if request.content_type != OFFSET_TYPE:
            raise UnsupportedMediaType(request.content_type)
        offset = number_of(request, "Upload-Offset")
        part.upload.require_open()
        length = whole_number(request.META.get("CONTENT_LENGTH")) or 0
        if refusal := disk_refusal(length):
            raise refusal
        with part.locked() as file:
            if offset != part.offset:
                raise Conflict(
                    _("{here} bytes are here, so the next piece begins there.").format(here=part.offset), "stale"
                )
            if length > part.size_bytes - offset:
                raise TooLarge(_("The piece goes on behind the end of the file, as it was announced."))
            if part.result is None:
                part.append(file, request)
                part.upload.hear()
                if part.offset == part.size_bytes:
                    take(part, request.user)
        return described(Response(status=status.HTTP_204_NO_CONTENT), part)

    @extend_schema(
        operation_id="files_destroy", request=None, responses={204: None}, parameters=[header("Tus-Resumable", VERSION)]
    )
    def delete(self, request, pk: UUID) -> Response:
        self._part(request, pk).discard()
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _part(self, request, pk: UUID) -> FilePart:
        part = FilePart.objects.select_related("upload").filter(pk=pk).first()
        if part is None:
            raise Http404
        part.upload = own_upload(request.user, part.upload_id)
        return part


def take(part: FilePart, user) -> None:
    """The file is whole: make images of it, and keep what became of it for whoever asks."""
    upload = part.upload
    with part.taken() as file:
        (taken,) = Intake(upload.project, user, upload.class_from, upload).take([Sent(part.path, file, part.mark)])
    part.settle(rendered(taken, patience=0))


def refuse_too_large(mark: FileMark) -> None:
    """Before the first byte is sent."""
    limit = settings.MAX_ZIP_BYTES if mark.path.lower().endswith(".zip") else settings.MAX_IMAGE_BYTES
    if mark.size_bytes > limit:
        raise TooLarge(_("The file is larger than {limit} MB.").format(limit=limit // 2**20))


def described(response: Response, part: FilePart, **headers: str) -> Response:
    headers |= {
        "Upload-Offset": str(part.offset), "Upload-Length": str(part.size_bytes),
        "Upload-Expires": http_date(part.expires_at.timestamp()),
    }  # fmt: skip
    for name, value in headers.items():
        response[name] = value
    return response


def number_of(request, name: str) -> int:
    value = whole_number(request.headers.get(name))
    if value is None:
        raise ValidationError({name: [_("This header must be a number of bytes.")]})
    return value


def metadata(text: str) -> dict[str, Any]:
    """The pairs of an Upload-Metadata header that count here."""
    pairs = dict((each.strip().partition(" ")[::2]) for each in text.split(",") if each.strip())
    try:
        given = {name: base64.b64decode(value, validate=True).decode() for name, value in pairs.items()}
    except (binascii.Error, UnicodeDecodeError):
        raise ValidationError({"Upload-Metadata": [_("Its values must be base64 of UTF-8.")]}) from None
    path = (given.get("path") or given.get("filename") or "").replace("\0", "")
    modified, upload = (whole_number(given.get(name) or "0") for name in ("modified", "upload"))
    class_from = given.get("class_from") or ClassFrom.NONE
    if not path or len(path) > 1000 or modified is None or upload is None or class_from not in ClassFrom.values:
        raise ValidationError({"Upload-Metadata": [_("It needs a path of at most 1000 characters.")]})
    return {"path": path, "modified": modified, "upload": upload, "class_from": class_from}
