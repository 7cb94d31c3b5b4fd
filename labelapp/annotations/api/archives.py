from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models import Archive
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, RetryJob


class OutcomeOutput(serializers.Serializer):
    name = serializers.CharField()
    status = serializers.ChoiceField(["added", "duplicate", "refused"])
    id = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class ArchiveOutput(serializers.ModelSerializer):
    class Meta:
        model = Archive
        fields = ["id", "name", "status", "progress", "error", "seconds_left"]

    seconds_left = serializers.FloatField(read_only=True, allow_null=True)


class ArchiveView(APIView):
    """A ZIP that is being unpacked, and its report so far."""

    class ArchiveReport(ArchiveOutput):
        results = serializers.SerializerMethodField()

        class Meta(ArchiveOutput.Meta):
            fields = [*ArchiveOutput.Meta.fields, "results"]

        @extend_schema_field(OutcomeOutput(many=True))
        def get_results(self, archive: Archive) -> list[dict]:
            return archive.results[self.context["after"] :]

    @extend_schema(
        operation_id="archives_retrieve",
        parameters=[OpenApiParameter("after", int, description="Leave out so many results that are known already.")],
        responses=ArchiveReport,
    )
    def get(self, request, pk: int):
        archive = found(Archive.objects, request.user, pk)
        after = whole_number(request.query_params.get("after", "0"))
        if after is None:
            raise ValidationError({"after": _("This must be a number.")})
        return Response(self.ArchiveReport(archive, context={"after": after}).data)


@extend_schema_view(post=extend_schema(operation_id="archives_cancel", request=None, responses=ArchiveOutput))
class ArchiveCancelView(CancelJob):
    model = Archive
    serializer = ArchiveOutput


@extend_schema_view(post=extend_schema(operation_id="archives_retry", request=None, responses=ArchiveOutput))
class ArchiveRetryView(RetryJob):
    model = Archive
    serializer = ArchiveOutput
