from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found, project_for
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.models import AuditEntry
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of
from labelapp.versions.api.choices import FiltersField, VersionChoices, VersionNote
from labelapp.versions.models import Version


class VersionListed(JobSerializer):
    class Meta(JobSerializer.Meta):
        model = Version
        fields = (
            *JobSerializer.Meta.fields, "number", "note", "hash", "filters", "split", "seed", "stratify", "group_by",
            "counts",
        )  # fmt: skip


class VersionDetail(VersionListed):
    class Meta(VersionListed.Meta):
        fields = (*VersionListed.Meta.fields, "statistics")


class Versions(APIView):
    @extend_schema(operation_id="versions_list", responses=page_of(VersionListed))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        pages = KeysetPagination()
        page = pages.paginate_queryset(project.versions.select_related("created_by").defer("statistics"), request)
        return pages.get_paginated_response(VersionListed(page, many=True).data)

    @extend_schema(request=VersionChoices, responses={202: VersionDetail})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "label")
        choices = VersionChoices(data=request.data)
        choices.is_valid(raise_exception=True)
        version = Version.objects.freeze(project, request.user, **choices.validated_data)
        return Response(VersionDetail(version).data, status=status.HTTP_202_ACCEPTED)


class PreviewChoices(serializers.Serializer):
    filters = FiltersField(default=dict)


class Preview(serializers.Serializer):
    images = serializers.IntegerField()
    annotations = serializers.IntegerField()


class VersionPreview(APIView):
    @extend_schema(request=PreviewChoices, responses=Preview)
    def post(self, request, pk: int) -> Response:
        """What a version of these filters would hold; nothing is made."""
        project = project_for(request.user, pk)
        choices = PreviewChoices(data=request.data)
        choices.is_valid(raise_exception=True)
        return Response(Preview(Version.objects.preview(project, choices.validated_data["filters"])).data)


class OneVersion(APIView):
    @extend_schema(responses=VersionDetail)
    def get(self, request, pk: int) -> Response:
        return Response(VersionDetail(found(Version.objects, request.user, pk)).data)

    @extend_schema(request=VersionNote, responses=VersionDetail)
    def patch(self, request, pk: int) -> Response:
        version = found(Version.objects, request.user, pk, "label")
        note = VersionNote(data=request.data)
        note.is_valid(raise_exception=True)
        text = note.validated_data["note"]
        with AuditEntry.objects.noting(request.user, "version.annotated", target=version, note=text):
            version.annotate(text)
        return Response(VersionDetail(version).data)

    @extend_schema(responses={204: None})
    def delete(self, request, pk: int) -> Response:
        version = found(Version.objects, request.user, pk, "label")
        with AuditEntry.objects.noting(request.user, "version.deleted", target=version):
            version.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=None, responses=VersionDetail)
class VersionCancel(CancelJob):
    model = Version
    serializer: ClassVar[type[serializers.Serializer]] = VersionDetail


@extend_schema(request=None, responses=VersionDetail)
class VersionRetry(RetryJob):
    model = Version
    serializer: ClassVar[type[serializers.Serializer]] = VersionDetail
