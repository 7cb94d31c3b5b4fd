from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.models import AuditEntry
from labelapp.projects.schema import page_of
from training.engine.export.formats import FORMATS, INSTALL
from training.models import Model, ModelExport


class ModelExportInput(serializers.Serializer):
    format = serializers.ChoiceField(list(FORMATS))
    int8 = serializers.BooleanField(default=False, help_text="Of whole numbers: smaller, and a little less exact.")

    def validate(self, given: dict) -> dict:
        form = FORMATS[given["format"]]
        if given["int8"] and not form.int8:
            raise ValidationError(
                {"int8": [_("{format} is not made of whole numbers here.").format(format=form.title)]}
            )
        if form.missing:
            text = _("{format} needs packages that are not installed on this server. To install them: {command}")
            raise ValidationError({"format": [text.format(format=form.title, command=INSTALL)]})
        return given


class ComparisonOutput(serializers.Serializer):
    """With the model itself, on real images of its version; speeds are of both, the model's first."""

    images = serializers.IntegerField(help_text="How many were looked at.")
    largest_difference = serializers.FloatField(help_text="Between any two numbers; of large ones, in proportion.")
    agreement = serializers.FloatField(help_text="Share of what both decide alike, 0 to 1.")
    one_per_second = serializers.ListField(child=serializers.FloatField(), help_text="Images, one at a time.")
    batch_per_second = serializers.ListField(child=serializers.FloatField(), help_text="Images, 16 at a time.")
    model_size = serializers.IntegerField(help_text="Bytes of the model in the archive, unpacked.")


class ModelExportOutput(JobSerializer):
    kind = serializers.CharField(read_only=True, help_text="As the format of a download.")
    comparison = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField(help_text="Where to download it, once it is there.")

    class Meta(JobSerializer.Meta):
        model = ModelExport
        fields = (*JobSerializer.Meta.fields, "model", "format", "int8", "kind", "comparison", "size_bytes", "file")
        read_only_fields = fields

    @extend_schema_field(ComparisonOutput(allow_null=True))
    def get_comparison(self, export: ModelExport) -> dict | None:
        return export.comparison or None

    def get_file(self, export: ModelExport) -> str | None:
        return f"/api/models/{export.model_id}/files/{export.kind}/" if export.downloadable else None


def export_of(user, pk: int, export: int, permission: str = "view") -> ModelExport:
    return found(ModelExport.objects.filter(model=pk), user, export, permission)


class ModelExportsView(GenericAPIView):
    serializer_class = ModelExportOutput

    @extend_schema(operation_id="model_exports_list", responses=page_of(ModelExportOutput))
    def get(self, request, pk: int) -> Response:
        model = found(Model.objects, request.user, pk)
        page = self.paginate_queryset(model.exports.select_related("created_by"))
        return self.get_paginated_response(ModelExportOutput(page, many=True).data)

    @extend_schema(
        operation_id="model_exports_create",
        request=ModelExportInput,
        responses={200: ModelExportOutput, 202: ModelExportOutput},
    )
    def post(self, request, pk: int) -> Response:
        """Make the model in another format, if it is not there already; one that has failed is tried again."""
        model = found(Model.objects, request.user, pk, "label")
        body = ModelExportInput(data=request.data)
        body.is_valid(raise_exception=True)
        export = ModelExport.objects.start(model, request.user, **body.validated_data)
        code = status.HTTP_200_OK if export.finished else status.HTTP_202_ACCEPTED
        return Response(ModelExportOutput(export).data, status=code)


class ModelExportView(APIView):
    @extend_schema(operation_id="model_exports_retrieve", responses=ModelExportOutput)
    def get(self, request, pk: int, export: int) -> Response:
        return Response(ModelExportOutput(export_of(request.user, pk, export)).data)

    @extend_schema(operation_id="model_exports_delete", responses={204: None})
    def delete(self, request, pk: int, export: int) -> Response:
        """Delete it with its file; one that is being made ends."""
        row = export_of(request.user, pk, export, "label")
        with AuditEntry.objects.noting(request.user, "modelexport.deleted", target=row):
            row.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class CancelModelExport(CancelJob):
    model = ModelExport
    serializer = ModelExportOutput

    def job(self, request, pk: int) -> ModelExport:
        return export_of(request.user, self.kwargs["pk"], self.kwargs["export"], self.permission)

    @extend_schema(operation_id="model_exports_cancel", request=None, responses=ModelExportOutput)
    def post(self, request, pk: int, export: int) -> Response:  # type: ignore[override]
        return super().post(request, pk)


class RetryModelExport(RetryJob):
    model = ModelExport
    serializer = ModelExportOutput

    def job(self, request, pk: int) -> ModelExport:
        return export_of(request.user, self.kwargs["pk"], self.kwargs["export"], self.permission)

    @extend_schema(operation_id="model_exports_retry", request=None, responses=ModelExportOutput)
    def post(self, request, pk: int, export: int) -> Response:  # type: ignore[override]
        return super().post(request, pk)
