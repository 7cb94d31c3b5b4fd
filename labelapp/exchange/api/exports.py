from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.signing import SignatureExpired
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.exchange.download import begins, send_file
from labelapp.exchange.models import Export
from labelapp.exchange.selection import estimate
from labelapp.formats.registry import FORMATS
from labelapp.projects.access import found, project_for
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.models import AuditEntry
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of
from labelapp.versions.api.choices import FiltersField

WRITTEN = [name for name, format in FORMATS.items() if format.writes]
KEY = OpenApiParameter("key", str, description="Signature of the link.", required=True)


class ExportChoices(serializers.Serializer):
    format = serializers.ChoiceField(WRITTEN)
    filters = FiltersField(default=dict)
    with_images = serializers.BooleanField(default=False)


class ExportSerializer(JobSerializer):
    file = serializers.SerializerMethodField()
    file_expires_at = serializers.SerializerMethodField()

    class Meta(JobSerializer.Meta):
        model = Export
        fields = (
            *JobSerializer.Meta.fields, "format", "filters", "with_images", "images", "rows", "size_bytes",
            "file_name", "file", "file_expires_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_file(self, export: Export) -> str | None:
        """A link for the person who asks; it expires."""
        if not export.downloadable:
            return None
        request = self.context["request"]
        path = reverse("api-export-file", args=[export.pk])
        return request.build_absolute_uri(f"{path}?key={export.link_key(request.user)}")

    def get_file_expires_at(self, export: Export) -> datetime | None:
        return timezone.now() + timedelta(seconds=settings.EXPORT_LINK_SECONDS) if export.downloadable else None


class Estimate(serializers.Serializer):
    images = serializers.IntegerField()
    rows = serializers.IntegerField()
    size_bytes = serializers.IntegerField()


class Exports(APIView):
    @extend_schema(operation_id="exports_list", responses=page_of(ExportSerializer))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        pages = KeysetPagination()
        page = pages.paginate_queryset(project.exports.select_related("created_by", "project"), request)
        return pages.get_paginated_response(ExportSerializer(page, many=True, context={"request": request}).data)

    @extend_schema(request=ExportChoices, responses={202: ExportSerializer})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        choices = ExportChoices(data=request.data)
        choices.is_valid(raise_exception=True)
        export = Export.objects.start(project, request.user, **choices.validated_data)
        body = ExportSerializer(export, context={"request": request}).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ExportEstimate(APIView):
    @extend_schema(request=ExportChoices, responses=Estimate)
    def post(self, request, pk: int) -> Response:
        """What an export of these choices would hold; nothing is made."""
        project = project_for(request.user, pk)
        choices = ExportChoices(data=request.data)
        choices.is_valid(raise_exception=True)
        return Response(Estimate(estimate(project, **choices.validated_data)).data)


class OneExport(APIView):
    @extend_schema(responses=ExportSerializer)
    def get(self, request, pk: int) -> Response:
        export = found(Export.objects, request.user, pk)
        return Response(ExportSerializer(export, context={"request": request}).data)

    @extend_schema(responses={204: None})
    def delete(self, request, pk: int) -> Response:
        export = own_or_label(request.user, pk)
        with AuditEntry.objects.noting(request.user, "export.deleted", target=export):
            export.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExportFile(APIView):
    @extend_schema(parameters=[KEY], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request, pk: int):
        """The file, for the person for whom the link was made; parts of it by ``Range``."""
        export = found(Export.objects, request.user, pk)
        try:
            opens = export.opens_with(request.query_params.get("key", ""), request.user)
        except SignatureExpired:
            raise PermissionDenied(_("This link has expired. Open the list of exports for a new one.")) from None
        if not opens:
            raise PermissionDenied(_("This link is not valid for you. Open the list of exports for your own."))
        if not export.downloadable:
            raise Http404
        if begins(request):
            AuditEntry.objects.note(request.user, "export.downloaded", target=export)
        content_type = "application/zip" if export.with_images else FORMATS[export.format].media_type
        return send_file(request._request, export.file.name, export.file_name, content_type, f"export-{export.pk}")


def own_or_label(user, pk: int) -> Export:
    """Whoever made the export may end and delete it, also a viewer; else those who may label."""
    export = found(Export.objects, user, pk)
    return export if export.created_by_id == user.pk else found(Export.objects, user, pk, "label")


@extend_schema(request=None, responses=ExportSerializer)
class ExportCancel(CancelJob):
    model = Export
    serializer: ClassVar[type[serializers.Serializer]] = ExportSerializer

    def job(self, request, pk: int) -> Export:
        return own_or_label(request.user, pk)


@extend_schema(request=None, responses=ExportSerializer)
class ExportRetry(RetryJob):
    model = Export
    serializer: ClassVar[type[serializers.Serializer]] = ExportSerializer

    def job(self, request, pk: int) -> Export:
        return own_or_label(request.user, pk)
