from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found, project_for
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob
from labelapp.projects.models import ClassChange
from labelapp.projects.models.class_undo import undo
from labelapp.projects.schema import page_of


class ClassChangeOutput(JobSerializer):
    title = serializers.CharField(read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    notes = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="What it could not do, and why."
    )
    undoable = serializers.BooleanField(read_only=True)
    undone = serializers.BooleanField(read_only=True)

    class Meta(JobSerializer.Meta):
        model = ClassChange
        fields = (*JobSerializer.Meta.fields, "verb", "subject", "title", "counts", "notes", "undoable", "undone")
        read_only_fields = fields


def answer(change: ClassChange) -> Response:
    return Response(ClassChangeOutput(change).data, status=200 if change.finished else 202)


class ClassChangesView(GenericAPIView):
    serializer_class = ClassChangeOutput

    @extend_schema(operation_id="class_changes_list", responses=page_of(ClassChangeOutput))
    def get(self, request, pk: int) -> Response:
        """What people did to the classes, newest first."""
        changes = ClassChange.objects.filter(project=project_for(request.user, pk))
        page = self.paginate_queryset(changes.select_related("created_by", "undo", "undoes"))
        return self.get_paginated_response(ClassChangeOutput(page, many=True).data)


class ClassChangeView(APIView):
    @extend_schema(operation_id="class_changes_retrieve", responses=ClassChangeOutput)
    def get(self, request, pk: int) -> Response:
        return Response(ClassChangeOutput(found(ClassChange.objects, request.user, pk)).data)


class ClassChangeUndoView(APIView):
    @extend_schema(
        operation_id="class_changes_undo", request=None, responses={200: ClassChangeOutput, 202: ClassChangeOutput}
    )
    def post(self, request, pk: int) -> Response:
        """Take a change back, except where somebody has decided otherwise since: `notes` tells where."""
        return answer(undo(found(ClassChange.objects, request.user, pk, "manage"), request.user))


@extend_schema_view(post=extend_schema(operation_id="class_changes_cancel", request=None, responses=ClassChangeOutput))
class ClassChangeCancelView(CancelJob):
    model = ClassChange
    serializer = ClassChangeOutput
    permission = "manage"


@extend_schema_view(post=extend_schema(operation_id="class_changes_retry", request=None, responses=ClassChangeOutput))
class ClassChangeRetryView(RetryJob):
    model = ClassChange
    serializer = ClassChangeOutput
    permission = "manage"
