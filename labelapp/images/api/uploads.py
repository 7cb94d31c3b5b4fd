from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.models import FileMark, FilePart, Upload
from labelapp.projects.access import found, project_for
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of
from labelapp.projects.space import Space

MOST_FILES = 1_000_000
MOST_ASKED = 2000


class UploadOutput(JobSerializer):
    interrupted = serializers.BooleanField(read_only=True, help_text="Nothing has come for a while.")

    class Meta(JobSerializer.Meta):
        model = Upload
        fields = (
            *JobSerializer.Meta.fields, "name", "files", "size_bytes", "class_from", "arrived", "arrived_bytes",
            "added", "duplicate", "refused", "interrupted", "paused", "heartbeat_at",
        )  # fmt: skip
        read_only_fields = fields


class UploadsView(GenericAPIView):
    """Uploads of a project that the person has begun and not ended; POST opens one."""

    serializer_class = UploadOutput

    class NewUpload(serializers.Serializer):
        name = serializers.CharField(max_length=200, allow_blank=True, default="")
        files = serializers.IntegerField(min_value=1, max_value=MOST_FILES)
        size_bytes = serializers.IntegerField(min_value=0, max_value=2**60)
        class_from = serializers.ChoiceField(["none", "folder"], default="none")

    @extend_schema(operation_id="uploads_list", responses=page_of(UploadOutput))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "label")
        uploads = Upload.objects.resumable_by(request.user).filter(project=project).select_related("created_by")
        return self.get_paginated_response(UploadOutput(self.paginate_queryset(uploads), many=True).data)

    @extend_schema(operation_id="uploads_create", request=NewUpload, responses={201: UploadOutput})
    def post(self, request, pk: int) -> Response:
        """Asks for room first: 413 says how much is missing, before a byte is sent."""
        project = project_for(request.user, pk, "label")
        body = self.NewUpload(data=request.data)
        body.is_valid(raise_exception=True)
        upload = Upload.objects.start(project, request.user, **body.validated_data)
        return Response(UploadOutput(upload).data, status=status.HTTP_201_CREATED)


class UploadView(APIView):
    @extend_schema(operation_id="uploads_retrieve", responses=UploadOutput)
    def get(self, request, pk: int) -> Response:
        return Response(UploadOutput(found(Upload.objects, request.user, pk)).data)


class MarkInput(serializers.Serializer):
    path = serializers.CharField(max_length=5000, allow_blank=True, trim_whitespace=False)
    size_bytes = serializers.IntegerField(min_value=0, max_value=2**60)
    modified = serializers.IntegerField(min_value=0, max_value=2**53)


# By hand: a list of serializers that may be null cannot be said otherwise.
KNOWN_FILE = {
    "type": "object",
    "nullable": True,
    "required": ["status", "id", "reason", "archive", "location"],
    "properties": {
        "status": {"type": "string", "enum": ["added", "duplicate", "refused", "partial"]},
        "id": {"type": "integer", "nullable": True},
        "reason": {"type": "string"},
        "archive": {"type": "integer", "nullable": True, "description": "Of a ZIP: its unpacking."},
        "location": {"type": "string", "description": "Of a partial one: where to go on with it."},
    },
}


class KnownFilesView(APIView):
    """Which of these files have arrived, so that they are not sent again."""

    class FilesInput(serializers.Serializer):
        files = serializers.ListField(child=MarkInput(), max_length=MOST_ASKED)

    class KnownFiles(serializers.Serializer):
        results = serializers.SerializerMethodField()

        @extend_schema_field({"type": "array", "items": KNOWN_FILE})
        def get_results(self, known: dict) -> list[dict | None]:
            """In the same order; null for what has not arrived."""
            return known["results"]

    @extend_schema(operation_id="uploads_known", request=FilesInput, responses=KnownFiles)
    def post(self, request, pk: int) -> Response:
        upload = own_upload(request.user, pk)
        upload.require_open()
        body = self.FilesInput(data=request.data)
        body.is_valid(raise_exception=True)
        marks = [FileMark(**each) for each in body.validated_data["files"]]
        arrived = upload.known(marks)
        begun = {each.key: each for each in upload.parts.filter(key__in=[mark.key for mark in marks])}
        coming = [mark.size_bytes for mark in marks if mark.key not in arrived and mark.key not in begun]
        Space(upload.project).require(sum(coming))
        return Response({"results": [self._known(arrived.get(mark.key), begun.get(mark.key)) for mark in marks]})

    def _known(self, arrived, part: FilePart | None) -> dict | None:
        if arrived is not None:
            fields = {name: getattr(arrived, name) for name in ("status", "reason", "archive")}
            return fields | {"id": arrived.image, "location": ""}
        if part is not None:
            location = f"/api/files/{part.pk}/"
            return {"status": "partial", "id": None, "reason": "", "archive": None, "location": location}
        return None


class FinishView(APIView):
    @extend_schema(operation_id="uploads_finish", request=None, responses=UploadOutput)
    def post(self, request, pk: int) -> Response:
        """Nothing more will be sent; says in ``error`` how many files are missing."""
        upload = own_upload(request.user, pk)
        upload.finish()
        return Response(UploadOutput(upload).data)


class PauseView(APIView):
    """An upload whose page sends nothing for now; it is paused until that is taken back, or a file comes."""

    @extend_schema(operation_id="uploads_pause_create", request=None, responses=UploadOutput)
    def post(self, request, pk: int) -> Response:
        upload = own_upload(request.user, pk)
        upload.require_open()
        upload.pause()
        return Response(UploadOutput(upload).data)

    @extend_schema(operation_id="uploads_pause_destroy", responses={200: UploadOutput})
    def delete(self, request, pk: int) -> Response:
        upload = own_upload(request.user, pk)
        upload.require_open()
        upload.hear()
        return Response(UploadOutput(upload).data)


class ArrivalOutput(serializers.Serializer):
    name = serializers.CharField(source="path")
    status = serializers.ChoiceField(["added", "duplicate", "refused"])
    id = serializers.IntegerField(source="image", allow_null=True, help_text="Of the image.")
    reason = serializers.CharField()
    archive = serializers.IntegerField(allow_null=True, help_text="Of a ZIP: its unpacking, which has a report too.")


class InOrder(KeysetPagination):
    ordering = "id"


class ArrivalsView(GenericAPIView):
    """What became of the files of an upload; kept for LABELAPP_UPLOAD_DAYS after its end."""

    serializer_class = ArrivalOutput
    pagination_class = InOrder

    class ArrivalFilters(serializers.Serializer):
        status = serializers.ChoiceField(
            ["added", "duplicate", "refused"], required=False,
            help_text="Only files of this status, and all ZIPs: what they hold may have any.",
        )  # fmt: skip

    @extend_schema(operation_id="uploads_arrivals", parameters=[ArrivalFilters], responses=page_of(ArrivalOutput))
    def get(self, request, pk: int) -> Response:
        filters = self.ArrivalFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        arrivals = found(Upload.objects, request.user, pk).arrivals.all()
        if status := filters.validated_data.get("status"):
            arrivals = arrivals.filter(Q(status=status, archive=None) | Q(archive__isnull=False))
        return self.get_paginated_response(ArrivalOutput(self.paginate_queryset(arrivals), many=True).data)


@extend_schema_view(post=extend_schema(operation_id="uploads_cancel", request=None, responses=UploadOutput))
class CancelUploadView(CancelJob):
    model = Upload
    serializer = UploadOutput


@extend_schema_view(post=extend_schema(operation_id="uploads_retry", request=None, responses=UploadOutput))
class RetryUploadView(RetryJob):
    model = Upload
    serializer = UploadOutput


def own_upload(user, pk: int, project=None) -> Upload:
    """An upload that this person may send to: their own, and still with the right to add images."""
    upload = found(Upload.objects, user, pk, "label")
    if project is not None and upload.project_id != project.pk:
        upload = get_object_or_404(Upload.objects.none())
    if upload.created_by_id != user.pk:
        raise PermissionDenied(_("Somebody else has begun this upload."))
    return upload
