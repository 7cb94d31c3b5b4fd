from typing import ClassVar

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.exchange.models import Import
from labelapp.formats.registry import AUTO, FORMATS
from labelapp.projects.access import found, project_for
from labelapp.projects.errors import Conflict, TooLarge
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.models import AuditEntry
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of

READ = [AUTO, *(name for name, format in FORMATS.items() if format.reads)]

ERRORS_LISTED = 20


class ImportChoices(serializers.Serializer):
    file = serializers.FileField(max_length=1000, allow_empty_file=True)
    format = serializers.ChoiceField(READ, default=AUTO)
    dry_run = serializers.BooleanField(default=True)
    skip_missing = serializers.BooleanField(default=False)
    leave_out_errors = serializers.BooleanField(default=False)
    replace = serializers.BooleanField(default=None, allow_null=True)

    def validate_file(self, file):
        if not file.size:
            raise serializers.ValidationError(_("The file is empty."))
        if file.size > settings.MAX_CSV_BYTES:
            size = filesizeformat(settings.MAX_CSV_BYTES)
            raise TooLarge(_("The file is larger than {size}. Cut it into several files.").format(size=size))
        return file


class ImportDetail(JobSerializer):
    report = serializers.JSONField(source="findings", read_only=True)
    applicable = serializers.BooleanField(read_only=True)
    partly_applicable = serializers.BooleanField(
        read_only=True, help_text="It can be applied with leave_out_errors: rows with errors are left out."
    )

    class Meta(JobSerializer.Meta):
        model = Import
        fields = (
            *JobSerializer.Meta.fields, "name", "format", "dry_run", "skip_missing", "leave_out_errors", "replace",
            "report", "applicable", "partly_applicable", "applied_at",
        )  # fmt: skip
        read_only_fields = fields


class ImportListed(ImportDetail):
    """In a list only the first errors are shown: people look at it every second while an import runs."""

    report = serializers.SerializerMethodField()  # type: ignore[assignment]

    def get_report(self, job: Import) -> dict:
        errors = job.findings.get("errors", [])
        return job.findings | {"errors": errors[:ERRORS_LISTED]} if errors else job.findings


class Imports(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="imports_list", responses=page_of(ImportListed))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        pages = KeysetPagination()
        page = pages.paginate_queryset(project.imports.select_related("created_by"), request)
        return pages.get_paginated_response(ImportListed(page, many=True).data)

    @extend_schema(request={"multipart/form-data": ImportChoices}, responses={202: ImportDetail})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "label")
        choices = ImportChoices(data=request.data)
        choices.is_valid(raise_exception=True)
        job = Import.objects.start(project, request.user, **choices.validated_data)
        return Response(ImportDetail(job).data, status=status.HTTP_202_ACCEPTED)


class OneImport(APIView):
    @extend_schema(responses=ImportDetail)
    def get(self, request, pk: int) -> Response:
        return Response(ImportDetail(found(Import.objects, request.user, pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request, pk: int) -> Response:
        job = found(Import.objects, request.user, pk, "label")
        if not job.finished:
            raise Conflict(_("Cancel the import first."))
        with AuditEntry.objects.noting(request.user, "import.deleted", target=job):
            job.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ApplyInput(serializers.Serializer):
    leave_out_errors = serializers.BooleanField(default=False, help_text="Apply the rows that have no errors.")


class ImportApply(APIView):
    @extend_schema(request=ApplyInput, responses={202: ImportDetail})
    def post(self, request, pk: int) -> Response:
        """Do what the dry run has shown; 409 when there are errors or labels have changed since."""
        job = found(Import.objects, request.user, pk, "label")
        choices = ApplyInput(data=request.data)
        choices.is_valid(raise_exception=True)
        with AuditEntry.objects.noting(request.user, "import.applied", target=job):
            job.apply(**choices.validated_data)
        return Response(ImportDetail(job).data, status=status.HTTP_202_ACCEPTED)


@extend_schema(request=None, responses=ImportDetail)
class ImportCancel(CancelJob):
    model = Import
    serializer: ClassVar[type[serializers.Serializer]] = ImportDetail


@extend_schema(request=None, responses=ImportDetail)
class ImportRetry(RetryJob):
    model = Import
    serializer: ClassVar[type[serializers.Serializer]] = ImportDetail
